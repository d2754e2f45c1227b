import { getTranslations } from 'next-intl/server';
import { formatCount } from '@/components/count';
import { DateTime } from '@/components/date';
import { Notice } from '@/components/ui/notice';
import { Section } from '@/components/ui/section';
import { DataTable } from '@/components/ui/table';
import { SHIFT_COUNTS } from '@/db/registry/schema';
import { papersMissing } from '@/lib/desk/rules';
import type { Incident } from '@/lib/desk/shift-queries';
import type { ShiftDetail } from '@/lib/desk/types';

const WAYS = ['phone', 'desk', 'paper', 'tablet'] as const;

/** What was done in the shift, what the registry said before and after, and the papers. */
export async function Figures({ shift }: { readonly shift: ShiftDetail }) {
  const t = await getTranslations('desk.shift');
  const { openingFigures, closingFigures, closingPapers, spoiledPapers, counts } = shift;
  const at = (figure: number | null | undefined) => (figure == null ? '–' : formatCount(figure));
  const missing =
    closingPapers === null || spoiledPapers === null
      ? 0
      : papersMissing({
          opening: shift.openingPapers,
          given: counts.paper,
          spoiled: spoiledPapers,
          closing: closingPapers,
        });
  return (
    <Section title={t('figuresTitle')}>
      <div className="grid gap-x-12 lg:grid-cols-2">
        <DataTable
          dense
          caption={t('countsCaption')}
          head={[t('head.what'), t('head.times')]}
          numeric={[1]}
          rows={SHIFT_COUNTS.map((what) => [t(`count.${what}`), formatCount(counts[what])])}
        />
        <div>
          <DataTable
            dense
            caption={t('rightsCaption')}
            head={[t('head.way'), t('head.opening'), t('head.closing')]}
            numeric={[1, 2]}
            rows={WAYS.map((way) => [
              t(`way.${way}`),
              at(openingFigures[way]),
              at(closingFigures?.[way]),
            ])}
          />
          <DataTable
            dense
            caption={t('papersCaption')}
            head={[t('head.papers'), t('head.times')]}
            numeric={[1]}
            rows={[
              [t('paper.opening'), at(shift.openingPapers)],
              [t('paper.given'), at(counts.paper)],
              [t('paper.spoiled'), at(spoiledPapers)],
              [t('paper.closing'), at(closingPapers)],
            ]}
          />
          {missing === 0 ? null : (
            <Notice
              tone="danger"
              title={
                missing > 0
                  ? t('papersMissing', { count: missing })
                  : t('papersTooMany', { count: -missing })
              }
            />
          )}
        </div>
      </div>
      {shift.handoverNote === null || shift.handoverNote === '' ? null : (
        <>
          <h3 className="mb-2 text-xl">{t('noteTitle')}</h3>
          <p className="max-w-(--container-text) whitespace-pre-line">{shift.handoverNote}</p>
        </>
      )}
    </Section>
  );
}

export async function Incidents({ incidents }: { readonly incidents: readonly Incident[] }) {
  const t = await getTranslations('desk.shift');
  return (
    <Section title={t('incidentsTitle')}>
      {incidents.length === 0 ? (
        <p>{t('noIncidents')}</p>
      ) : (
        <ul className="space-y-4">
          {incidents.map((incident) => (
            <li key={incident.id} className="border-warn border-l-4 pl-4">
              <p className="font-semibold">
                {t(`kind.${incident.kind}`)} · <DateTime value={incident.at} />
              </p>
              <p className="whitespace-pre-line">{incident.words}</p>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

/** Who answers for the figures: in the registry, and by hand on the printed log. */
export async function Signatures({ shift }: { readonly shift: ShiftDetail }) {
  const t = await getTranslations('desk.shift');
  return (
    <Section title={t('signaturesTitle')}>
      {shift.closedByName === null ? null : (
        <p className="mb-4">
          {t('closedBy', { officer: shift.officerName, name: shift.closedByName })}
        </p>
      )}
      {shift.signedByName !== null && shift.signedAt !== null ? (
        <p className="mb-4">
          {t('signedBy', { name: shift.signedByName })} <DateTime value={shift.signedAt} />
        </p>
      ) : shift.aloneReason === null ? (
        <Notice tone="warning" title={t('unsigned')}>
          <p>{t('unsignedWhy')}</p>
        </Notice>
      ) : (
        <p className="mb-4">{t('alone', { reason: shift.aloneReason })}</p>
      )}
      <div className="mt-[20mm] hidden grid-cols-2 gap-[15mm] print:grid">
        {[shift.officerName, shift.signedByName ?? t('second')].map((name) => (
          <p key={name} className="border-ink border-t pt-[2mm]">
            {name}
          </p>
        ))}
      </div>
    </Section>
  );
}
