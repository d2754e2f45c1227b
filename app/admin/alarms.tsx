import { getLocale, getTranslations } from 'next-intl/server';
import { DateTime } from '@/components/date';
import { Notice } from '@/components/ui/notice';
import { registry } from '@/db/registry/client';
import { lastCheck } from '@/lib/audit/chain';
import { pickText } from '@/lib/i18n/text';
import { isBoxAway, isOnlyUnusual } from '@/lib/rounds/monitor';
import { roundAlarm } from '@/lib/rounds/monitor-checks';
import type { RoundSummary } from '@/lib/rounds/types';

/** What must not wait: figures of a round that do not agree. Nothing while all is well. */
export async function RoundAlarm({
  round,
  withLink = false,
}: {
  readonly round: RoundSummary;
  readonly withLink?: boolean;
}) {
  if (round.state !== 'open' && round.state !== 'closing') return null;
  const [t, locale, alarm] = await Promise.all([
    getTranslations('monitor'),
    getLocale(),
    roundAlarm(registry(), round.id),
  ]);
  if (alarm === null) return null;
  const name = pickText(locale, { es: round.nameEs, en: round.nameEn });
  const isUnusual = alarm.problems.every(isOnlyUnusual);
  const isAway = isBoxAway(alarm.problems);
  const title = isUnusual ? 'alarm.unusual' : isAway ? 'alarm.away' : 'alarm.title';
  return (
    <Notice tone={isUnusual ? 'warning' : 'danger'} role="alert" title={t(title, { round: name })}>
      <ul className="list-disc pl-6">
        {alarm.problems.map(({ kind, group }) => (
          <li key={`${kind} ${group ?? ''}`}>
            {t(`problem.${kind}`)} {group === undefined ? '' : t('ofGroup', { group })}
          </li>
        ))}
      </ul>
      <p>{t.rich('alarm.seen', { when: () => <DateTime value={alarm.checkedAt} /> })}</p>
      {withLink ? <a href={`/admin/rounds/${round.id}`}>{t('alarm.see')}</a> : null}
    </Notice>
  );
}

/** A break in the audit chain, as the last check found it. */
export async function AuditAlarm() {
  const [t, words, last] = await Promise.all([
    getTranslations('monitor'),
    getTranslations('audit'),
    lastCheck(registry()),
  ]);
  if (last?.problem == null) return null;
  const { kind, seq } = last.problem;
  return (
    <Notice tone="danger" role="alert" title={t('alarm.chain')}>
      <p>{words(`problem.${kind}`, { seq })}</p>
      <p>{t.rich('alarm.seen', { when: () => <DateTime value={last.checkedAt} /> })}</p>
      <a href="/admin/audit">{t('alarm.seeAudit')}</a>
    </Notice>
  );
}
