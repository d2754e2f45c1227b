import { getLocale, getTranslations } from 'next-intl/server';
import { DateText } from '@/components/date';
import { Section } from '@/components/ui/section';
import { DataTable } from '@/components/ui/table';
import { pickText } from '@/lib/i18n/text';
import type { HeldData } from '@/lib/privacy/held';

interface Props {
  readonly held: HeldData;
}

export async function EntryOnList({ held: { entry } }: Props) {
  const t = await getTranslations('privacy.mine.entry');
  if (entry === null) return null;
  return (
    <Section title={t('title')}>
      <DataTable
        caption={t('title')}
        captionHidden
        head={[t('what'), t('held')]}
        rows={[
          [t('name'), entry.name ?? t('none')],
          [t('dni'), t('dniHeld', { digits: entry.dniLastTwo })],
          [t('phone'), entry.phone ?? t('none')],
          [t('district'), entry.districtName],
          [
            t('listed'),
            entry.leftAt === null ? t('yes') : <DateText key="left" value={entry.leftAt} />,
          ],
        ]}
      />
    </Section>
  );
}

export async function RoundsAndRights({ held: { rounds } }: Props) {
  const [t, locale] = await Promise.all([getTranslations('privacy.mine.rounds'), getLocale()]);
  return (
    <Section title={t('title')} lead={t('lead')}>
      {rounds.length === 0 ? (
        <p>{t('empty')}</p>
      ) : (
        <DataTable
          caption={t('title')}
          captionHidden
          head={[t('round'), t('district'), t('right')]}
          rows={rounds.map((of) => [
            pickText(locale, { es: of.nameEs, en: of.nameEn }),
            of.districtName,
            of.channel === null || of.issuedOn === null ? (
              t('unused')
            ) : (
              <span key="right">
                {t(`channel.${of.channel}`)}, <DateText value={of.issuedOn} />
              </span>
            ),
          ])}
        />
      )}
    </Section>
  );
}

/** What was said to us and about us, what was accepted, and rows that no more than exist. */
export async function TheRest({
  held: { traces, consents, challenges, inclusions, agents },
}: Props) {
  const t = await getTranslations('privacy.mine.rest');
  const rows = [
    ...consents.map((one) => [
      t(`consent.${one.kind}`, { version: one.version }),
      <DateText key="on" value={one.acceptedAt} />,
    ]),
    ...challenges.map((one) => [
      `${t(`challenge.${one.side}`)}: ${t(`state.${one.state}`)}`,
      <DateText key="on" value={one.filedAt} />,
    ]),
    ...inclusions.map((one) => [
      `${t('inclusion')}: ${t(`state.${one.state}`)}`,
      <DateText key="on" value={one.filedAt} />,
    ]),
    ...agents.map((one) => [
      `${t('agent', { organisation: one.organisation })}: ${t(`agentState.${one.state}`)}`,
      <DateText key="on" value={one.submittedAt} />,
    ]),
    ...traces.map(({ table, rows: times }) => [t(`trace.${table}`), t('times', { count: times })]),
  ];
  return (
    <Section title={t('title')}>
      {rows.length === 0 ? (
        <p>{t('empty')}</p>
      ) : (
        <DataTable caption={t('title')} captionHidden head={[t('what'), t('when')]} rows={rows} />
      )}
    </Section>
  );
}

export async function MyRequests({ held: { requests } }: Props) {
  const t = await getTranslations('privacy.mine');
  if (requests.length === 0) return null;
  return (
    <Section title={t('requests.title')} id="pedidos">
      <DataTable
        caption={t('requests.title')}
        captionHidden
        head={[t('requests.what'), t('requests.due'), t('requests.answer')]}
        rows={requests.map((one) => [
          <span key="what">
            {t(`kinds.${one.kind}`)}
            <span className="block whitespace-nowrap" data-testid="number">
              {one.number}
            </span>
          </span>,
          <span key="due">
            <DateText value={one.dueOn} />
            {one.extendedReason === null ? null : (
              <span className="block">{one.extendedReason}</span>
            )}
          </span>,
          one.outcome === null ? (
            t('requests.waiting')
          ) : (
            <span key="answer">
              {t(`requests.outcome.${one.outcome}`)}: {one.answer}
            </span>
          ),
        ])}
      />
    </Section>
  );
}
