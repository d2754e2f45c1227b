import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { TextInput } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { groupOf } from '@/lib/rounds/contests';
import type { Manifest } from '@/lib/rounds/manifest';
import { normaliseDni } from '@/lib/roll/rules';
import type { KeptTablet } from './kept';
import { findPerson, type Found } from './vote';

type Answer =
  | { readonly name: 'found'; readonly person: Found }
  | { readonly name: 'not-a-dni' | 'not-on-list' | 'voted' };

/** The officer looks at the DNI, types its number, and hands the tablet over. */
export function FindPerson({
  tablet,
  manifest,
  onHandOver,
  onClose,
}: {
  readonly tablet: KeptTablet;
  readonly manifest: Manifest;
  readonly onHandOver: (person: Found) => void;
  readonly onClose: () => void;
}) {
  const t = useTranslations('tablet.find');
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [isBusy, setBusy] = useState(false);
  const look = async (typed: string): Promise<void> => {
    const dni = normaliseDni(typed);
    if (dni === null) {
      setAnswer({ name: 'not-a-dni' });
      return;
    }
    setBusy(true);
    const found = await findPerson(tablet, dni);
    setBusy(false);
    setAnswer(found.ok ? { name: 'found', person: found.value } : { name: found.reason });
  };
  const voted = tablet.used.filter(Boolean).length;
  if (answer?.name === 'found') {
    const { person } = answer;
    return (
      <>
        <PageHeader
          eyebrow={tablet.id}
          title={t('foundTitle')}
          lead={t('foundLead', { group: groupOf(manifest, person.group)?.name ?? person.group })}
        />
        <div className="flex flex-wrap gap-3">
          <Button
            type="button"
            onClick={() => {
              onHandOver(person);
            }}
          >
            {t('handOver')}
          </Button>
          <Button
            type="button"
            variant="secondary"
            onClick={() => {
              setAnswer(null);
            }}
          >
            {t('another')}
          </Button>
        </div>
      </>
    );
  }
  return (
    <>
      <PageHeader
        eyebrow={tablet.id}
        title={tablet.load?.place ?? ''}
        lead={t('sums', { voted, residents: tablet.used.length })}
      />
      {answer?.name === 'not-on-list' || answer?.name === 'voted' ? (
        <Notice tone="warning">{t(answer.name)}</Notice>
      ) : null}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const form = event.currentTarget;
          const dni = new FormData(form).get('dni');
          void look(typeof dni === 'string' ? dni : '').then(() => {
            form.reset();
          });
        }}
      >
        <TextInput
          id="dni"
          name="dni"
          label={t('dni')}
          hint={t('dniHint')}
          inputMode="numeric"
          autoComplete="off"
          width="short"
          error={answer?.name === 'not-a-dni' ? t('notADni') : undefined}
        />
        <Button type="submit" disabled={isBusy}>
          {t('look')}
        </Button>
      </form>
      <section className="border-line mt-12 border-t pt-6">
        <h2 className="mb-3 text-xl">{t('closeTitle')}</h2>
        <p className="mb-4 max-w-(--container-text)">{t('closeLead')}</p>
        <Button type="button" variant="danger" onClick={onClose}>
          {t('close')}
        </Button>
      </section>
    </>
  );
}
