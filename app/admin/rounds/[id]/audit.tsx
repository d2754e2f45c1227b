import { getTranslations } from 'next-intl/server';
import { DateTime } from '@/components/date';
import { Details } from '@/components/ui/details';
import { Pagination } from '@/components/ui/pagination';
import { Section } from '@/components/ui/section';
import { DataTable } from '@/components/ui/table';
import { registry } from '@/db/registry/client';
import { auditOf, type AuditLine } from '@/lib/audit/queries';

const PER_PAGE = 10;

/** Who did what to this round, newest first. */
export async function RoundAudit({
  roundId,
  page,
}: {
  readonly roundId: string;
  readonly page: number;
}) {
  const [t, words, { entries, total }] = await Promise.all([
    getTranslations('admin.audit'),
    getTranslations('audit'),
    auditOf(registry(), `round:${roundId}`, { page, perPage: PER_PAGE }),
  ]);
  const actor = (line: AuditLine): string =>
    line.actor === 'operator' || line.actor === 'worker' || line.actor === 'system'
      ? t(`actor.${line.actor}`)
      : line.actor.replace(/^staff:/, '');
  const action = (line: AuditLine): string => {
    const key = `action.${line.action}`;
    return words.has(key) ? words(key) : line.action;
  };
  return (
    <Section title={t('title')} id="auditoria">
      <DataTable
        caption={t('title')}
        captionHidden
        dense
        head={[t('number'), t('at'), t('who'), t('what'), t('details')]}
        rows={entries.map((line) => [
          line.seq,
          <DateTime key="at" value={line.at} />,
          actor(line),
          action(line),
          <What key="what" details={line.details} label={t('seeDetails')} />,
        ])}
      />
      <Pagination
        page={page}
        pages={Math.ceil(total / PER_PAGE)}
        href={(to) => `/admin/rounds/${roundId}?pagina=${String(to)}#auditoria`}
      />
    </Section>
  );
}

/** The reason in words; the rest as it was recorded. */
function What({
  details: { reason, ...rest },
  label,
}: {
  readonly details: Record<string, unknown>;
  readonly label: string;
}) {
  return (
    <>
      {typeof reason === 'string' ? <p>«{reason}»</p> : null}
      {Object.keys(rest).length === 0 ? null : (
        <Details summary={label}>
          <pre className="text-sm break-all whitespace-pre-wrap">
            {JSON.stringify(rest, null, 2)}
          </pre>
        </Details>
      )}
    </>
  );
}
