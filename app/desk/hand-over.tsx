import { getTranslations } from 'next-intl/server';
import { Button } from '@/components/ui/button';
import { Details } from '@/components/ui/details';
import { Checkbox, Select, TextInput } from '@/components/ui/field';
import { Section } from '@/components/ui/section';
import { registry } from '@/db/registry/client';
import { HELP_REASONS } from '@/db/registry/schema';
import { paperTables } from '@/lib/assemblies/queries';
import { kiosks } from '@/lib/credentials/desk-queries';
import { handOver } from './actions';
import { Key } from './key';
import type { DeskProblem } from './problems';

/** Beside which field a problem stands. */
export function placeOf(problem: DeskProblem): 'checked' | 'helper' | 'kiosk' {
  if (problem === 'not-checked') return 'checked';
  return problem.startsWith('help') ? 'helper' : 'kiosk';
}

/** The two ways of using a right at the desk, for a person whose DNI lies on the table. */
export async function HandOver({
  roundId,
  residentId,
  groupId,
  turnId,
  problem,
  message,
}: {
  readonly roundId: string;
  readonly residentId: string;
  readonly groupId: string;
  /** The number with which she was called; null when nobody queues. */
  readonly turnId: string | null;
  readonly problem: DeskProblem | null;
  readonly message: string | null;
}) {
  const [t, allKiosks, allTables] = await Promise.all([
    getTranslations('desk.person'),
    kiosks(registry()),
    paperTables(registry(), roundId),
  ]);
  const errorAt = (field: string) =>
    problem !== null && message !== null && placeOf(problem) === field ? message : undefined;
  // Free ones first: the first of the list is what Enter takes.
  const booths = [...allKiosks].sort((a, b) => Number(a.isBusy) - Number(b.isBusy));
  const tables = allTables.filter((table) => table.state === 'open' && table.groupId === groupId);
  return (
    <Section title={t('handOverTitle')}>
      {booths.length === 0 ? (
        <p className="mb-4">
          {t('noKiosks')} <a href="/desk/kiosks">{t('setUp')}</a>
        </p>
      ) : null}
      {tables.length === 0 ? (
        <p className="mb-4">
          {t('noTables')} <a href="/desk/paper">{t('toPaper')}</a>
        </p>
      ) : null}
      {booths.length + tables.length === 0 ? null : (
        <form
          action={handOver.bind(null, roundId, residentId)}
          className="max-w-(--container-text)"
        >
          {turnId === null ? null : <input type="hidden" name="turn" value={turnId} />}
          <Checkbox
            id="checked"
            name="checked"
            label={
              <>
                {t('checked')}
                <Key letter="X" />
              </>
            }
            error={errorAt('checked')}
            accessKey="x"
          />
          {booths.length === 0 ? null : (
            <Select
              id="kiosk"
              name="kiosk"
              label={t('kiosk')}
              error={errorAt('kiosk')}
              options={booths.map(({ id, name, isBusy }) => ({
                value: id,
                label: isBusy ? t('kioskBusy', { name }) : name,
              }))}
            />
          )}
          {tables.length === 0 ? null : (
            <Select
              id="table"
              name="table"
              label={t('table')}
              options={tables.map(({ id, number, place }) => ({
                value: id,
                label: t('tableAt', { number: String(number), place }),
              }))}
            />
          )}
          <Details summary={t('helpTitle')} open={errorAt('helper') !== undefined}>
            <Help error={errorAt('helper')} />
          </Details>
          <p className="flex flex-wrap gap-4">
            {booths.length === 0 ? null : (
              <Button name="way" value="kiosk" accessKey="c">
                {t('send')}
                <Key letter="C" />
              </Button>
            )}
            {tables.length === 0 ? null : (
              <Button
                name="way"
                value="paper"
                accessKey="t"
                variant={booths.length === 0 ? 'primary' : 'secondary'}
              >
                {t('givePaper')}
                <Key letter="T" />
              </Button>
            )}
          </p>
        </form>
      )}
    </Section>
  );
}

async function Help({ error }: { readonly error: string | undefined }) {
  const t = await getTranslations('desk.person');
  return (
    <>
      <p className="mb-4">{t('helpRules')}</p>
      <TextInput
        id="helper"
        name="helper"
        label={t('helper')}
        hint={t('helperHint')}
        error={error}
        width="short"
        inputMode="numeric"
        autoComplete="off"
        maxLength={40}
      />
      <Select
        id="helpReason"
        name="helpReason"
        label={t('helpReason')}
        hint={t('helpReasonHint')}
        options={[
          { value: '', label: t('helpReasonNone') },
          ...HELP_REASONS.map((reason) => ({ value: reason, label: t(`reason.${reason}`) })),
        ]}
      />
      <Checkbox id="helpDeclared" name="helpDeclared" label={t('helpDeclared')} />
    </>
  );
}
