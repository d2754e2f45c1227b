import { useLocale, useTranslations } from 'next-intl';
import { pickText } from '@/lib/i18n/text';
import type { ContestExplanation } from '@/lib/results/explain';
import type { GatedContest } from '@/lib/results/gate';
import { formatCount } from '../count';
import { Details } from '../ui/details';
import { Notice } from '../ui/notice';
import { Section } from '../ui/section';
import { AllocateOutcome } from './allocate-outcome';
import { RankOutcome } from './rank-outcome';
import { Reasons } from './reasons';

/** One question of the ballot: what came out, why, and how it was counted. */
export function ContestResult({
  contest,
  explanation,
  minGroup,
  isDrawn = true,
}: {
  readonly contest: GatedContest;
  /** Null when its figures are not published. */
  readonly explanation: ContestExplanation | null;
  readonly minGroup: number;
  /** Whether the way of the votes to the money is drawn too; the list says the same in words. */
  readonly isDrawn?: boolean;
}) {
  const t = useTranslations('results');
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
        <AllocateOutcome contest={contest} explanation={explanation} isDrawn={isDrawn} />
      )}
      {(explanation?.ties ?? []).map((tie) => (
        <Notice key={tie} tone="info">
          {tie}
        </Notice>
      ))}
      {figures && explanation ? (
        <Details summary={t(contest.kind === 'rank' ? 'contest.how' : 'contest.why')}>
          <div className="max-w-(--container-text) space-y-4">
            <p>
              <strong>{t('contest.rule')}</strong> {explanation.summary.slice(1).join(' ')}
            </p>
            <p>
              {t('contest.blank', {
                blank: figures.blank,
                blankText: formatCount(figures.blank),
                voters: formatCount(figures.voters),
              })}
            </p>
            {contest.kind === 'rank' ? null : (
              <Reasons contest={contest} explanation={explanation} />
            )}
          </div>
        </Details>
      ) : null}
    </Section>
  );
}
