import { useLocale, useTranslations } from 'next-intl';
import { pickText } from '@/lib/i18n/text';
import type { ContestExplanation } from '@/lib/results/explain';
import type { GatedContest } from '@/lib/results/gate';
import { formatCount } from '../count';
import { RuleInWords } from '../rules/rule-in-words';
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
  exportHref,
}: {
  readonly contest: GatedContest;
  /** Null when its figures are not published. */
  readonly explanation: ContestExplanation | null;
  readonly minGroup: number;
  /** Whether the way of the votes to the money is drawn too; the list says the same in words. */
  readonly isDrawn?: boolean;
  /** Where the ballots of an envelope can be had; absent before they are public. */
  readonly exportHref?: string;
}) {
  const t = useTranslations('results');
  const rules = useTranslations('rules');
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
            {contest.result === null ? null : (
              <RuleInWords rule={contest.result.rule} course={explanation.course} />
            )}
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
      {exportHref === undefined || contest.kind === 'rank' || contest.result === null ? null : (
        <p className="print:hidden">
          <a href={exportHref} download>
            {rules('export.link')}
          </a>
        </p>
      )}
    </Section>
  );
}
