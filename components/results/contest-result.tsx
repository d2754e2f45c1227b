import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { pickText } from '@/lib/i18n/text';
import type { ContestExplanation } from '@/lib/results/explain';
import type { GatedContest } from '@/lib/results/gate';
import { Notice } from '../ui/notice';
import { Section } from '../ui/section';
import { AllocateOutcome } from './allocate-outcome';
import { RankOutcome } from './rank-outcome';

/** One question of the ballot: what came out, why, and how it was counted. */
export function ContestResult({
  contest,
  explanation,
  minGroup,
}: {
  readonly contest: GatedContest;
  /** Null when its figures are not published. */
  readonly explanation: ContestExplanation | null;
  readonly minGroup: number;
}) {
  const t = useTranslations('results');
  const format = useFormatter();
  const locale = useLocale();
  const { figures } = contest;
  return (
    <Section
      id={contest.id}
      title={pickText(locale, contest.title)}
      lead={explanation?.summary[0] ?? undefined}
    >
      {figures === null ? (
        <Notice tone="info" title={t('contest.hidden.title')}>
          {t('contest.hidden.text', { k: minGroup })}
        </Notice>
      ) : null}
      {contest.kind === 'rank' ? (
        <RankOutcome contest={contest} />
      ) : (
        <AllocateOutcome contest={contest} explanation={explanation} />
      )}
      {(explanation?.ties ?? []).map((tie) => (
        <Notice key={tie} tone="info">
          {tie}
        </Notice>
      ))}
      {figures && explanation ? (
        <div className="max-w-(--container-text) space-y-3">
          <p>
            {t('contest.blank', { blank: figures.blank, voters: format.number(figures.voters) })}
          </p>
          <p>
            <strong>{t('contest.rule')}</strong> {explanation.summary.slice(1).join(' ')}
          </p>
        </div>
      ) : null}
    </Section>
  );
}
