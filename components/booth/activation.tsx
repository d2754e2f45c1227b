import { useTranslations } from 'next-intl';
import { useMemo, useState, type Dispatch } from 'react';
import { Button } from '@/components/ui/button';
import { ErrorSummary } from '@/components/ui/error-summary';
import { TextInput } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { formatRecoveryCode, newRecoveryCode } from '@/lib/ballots/recovery-code';
import type { BoothAction } from './state';
import { StepHeading } from './step-heading';

interface Acting {
  readonly dispatch: Dispatch<BoothAction>;
}

/** Verified: activate now and vote whenever; with a recovery code on paper, or without. */
export function Activate({ roundId, dispatch }: Acting & { readonly roundId: string }) {
  const t = useTranslations('booth.activate');
  const common = useTranslations('booth');
  return (
    <>
      <StepHeading
        title={t('title')}
        windowTitle={t('title')}
        back={{ href: `/votar/${roundId}`, label: common('back') }}
        lead={t('lead')}
      />
      <p className="mb-6 max-w-(--container-text)">{t('ahead')}</p>
      <Button
        type="button"
        onClick={() => {
          dispatch({ type: 'activate-wanted' });
        }}
      >
        {t('activate')}
      </Button>
      <section>
        <h2 className="mt-10 mb-3 text-xl">{t('codeTitle')}</h2>
        <p className="mb-4 max-w-(--container-text)">{t('codeWhy')}</p>
        <div className="flex flex-wrap gap-4">
          <Button
            type="button"
            variant="secondary"
            onClick={() => {
              dispatch({ type: 'code-wanted', code: newRecoveryCode() });
            }}
          >
            {t('codeWanted')}
          </Button>
          <Button
            type="button"
            variant="secondary"
            onClick={() => {
              dispatch({ type: 'recovery-wanted' });
            }}
          >
            {t('haveCode')}
          </Button>
        </div>
      </section>
    </>
  );
}

/** The code, to be copied by hand: it is asked for on no server and kept nowhere. */
export function NoteCode({ code, dispatch }: Acting & { readonly code: string }) {
  const t = useTranslations('booth.noteCode');
  const common = useTranslations('booth');
  return (
    <>
      <StepHeading title={t('title')} windowTitle={t('title')} lead={t('lead')} />
      <p
        data-testid="recovery"
        className="border-ink mb-6 border-2 bg-white p-4 text-xl font-bold tabular-nums sm:text-2xl"
      >
        {formatRecoveryCode(code)
          .split('-')
          .map((part, index, parts) => (
            <span key={index} className="inline-block">
              {part}
              {index < parts.length - 1 ? '-' : ''}
            </span>
          ))}
      </p>
      <Notice tone="warning" title={t('careTitle')}>
        <p>{t('care')}</p>
        <p className="mt-2">{t('limit')}</p>
      </Notice>
      <div className="flex flex-wrap gap-4">
        <Button
          type="button"
          onClick={() => {
            dispatch({ type: 'activate-wanted' });
          }}
        >
          {t('noted')}
        </Button>
        <Button
          type="button"
          variant="secondary"
          onClick={() => {
            dispatch({ type: 'reconsidered' });
          }}
        >
          {common('back')}
        </Button>
      </div>
    </>
  );
}

/** A code from paper, on the phone that takes the place of the lost one. */
export function Recover({
  problem,
  dispatch,
}: Acting & { readonly problem: 'empty' | 'wrong' | null }) {
  const t = useTranslations('booth.recover');
  const common = useTranslations('booth');
  const [typed, setTyped] = useState('');
  const [tries, setTries] = useState(0);
  const error = problem === null ? undefined : t(`problem.${problem}`);
  // The summary takes the focus again at every press of the button.
  const errors = useMemo(
    () => (error === undefined || tries === 0 ? [] : [{ href: '#recovery', message: error }]),
    [error, tries],
  );
  const title = t('title');
  return (
    <>
      {errors.length > 0 ? <ErrorSummary title={common('problem')} errors={errors} /> : null}
      <StepHeading
        title={title}
        windowTitle={error === undefined ? title : common('errorTitle', { title })}
        lead={t('lead')}
      />
      <form
        className="max-w-(--container-text)"
        onSubmit={(event) => {
          event.preventDefault();
          setTries(tries + 1);
          dispatch({ type: 'recovery-typed', typed });
        }}
      >
        <TextInput
          id="recovery"
          name="recovery"
          label={t('label')}
          hint={t('hint')}
          error={error}
          width="half"
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
          }}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={60}
        />
        <p className="mb-6">{t('afterVoting')}</p>
        <div className="flex flex-wrap gap-4">
          <Button>{t('send')}</Button>
          <Button
            type="button"
            variant="secondary"
            onClick={() => {
              dispatch({ type: 'reconsidered' });
            }}
          >
            {common('back')}
          </Button>
        </div>
      </form>
    </>
  );
}
