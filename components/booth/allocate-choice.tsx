import { useLocale, useTranslations } from 'next-intl';
import { DimensionMark } from '@/components/dimension';
import { Soles } from '@/components/money';
import { pickText } from '@/lib/i18n/text';
import { mostPicks } from '@/lib/rounds/contests';
import type { AllocateContest } from '@/lib/rounds/manifest';
import { formatSoles } from '@/lib/shared/money';
import { shuffled } from './shuffle';
import { excessPicks, spentCents } from './choices';
import type { Answer } from './types';

/** Every proposal of an envelope as a card with a tick, in this voter's order. */
export function AllocateChoice({
  contest,
  answer,
  seed,
  onToggle,
}: {
  readonly contest: AllocateContest;
  readonly answer: Answer;
  readonly seed: number;
  readonly onToggle: (proposal: string) => void;
}) {
  const t = useTranslations('booth.allocate');
  const locale = useLocale();
  return (
    <fieldset id={`options-${contest.id}`} tabIndex={-1} className="min-w-0 wrap-anywhere">
      <legend className="mb-3">
        <span className="font-display block text-xl font-bold">{t('proposals')}</span>
        <span className="mt-1 block">{t('shuffled')}</span>
      </legend>
      <ul className="space-y-4">
        {shuffled(contest.proposals, seed, contest.id).map((proposal) => {
          const isChosen = answer.picks.includes(proposal.id);
          const title = pickText(locale, proposal.title);
          return (
            <li
              key={proposal.id}
              className={`border-2 ${isChosen ? 'border-accent bg-accent-soft' : 'border-line-strong bg-white'}`}
            >
              <label className="flex min-h-12 items-start gap-3 p-4">
                <input
                  type="checkbox"
                  checked={isChosen}
                  onChange={() => {
                    onToggle(proposal.id);
                  }}
                  className="accent-accent mt-0.5 size-6 shrink-0"
                />
                <span className="min-w-0 flex-1">
                  <span className="block font-semibold">{title}</span>
                  <span className="mt-2 flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
                    <span className="text-lg font-semibold">
                      <Soles cents={proposal.costCents} />
                    </span>
                    <DimensionMark code={proposal.dimension} />
                  </span>
                </span>
              </label>
              <details className="border-line mx-4 border-t pb-1">
                <summary className="text-accent min-h-12 py-3 font-semibold underline underline-offset-4">
                  {t('more')}
                  <span className="sr-only">: {title}</span>
                </summary>
                <p className="mb-3">{pickText(locale, proposal.summary)}</p>
              </details>
            </li>
          );
        })}
      </ul>
    </fieldset>
  );
}

/** The envelope as a bar with its words; over the limit it is said, drawn and striped. */
export function EnvelopeBar({
  contest,
  answer,
}: {
  readonly contest: AllocateContest;
  readonly answer: Answer;
}) {
  const t = useTranslations('booth.allocate');
  const spent = spentCents(contest, answer);
  const left = contest.envelopeCents - spent;
  const share = contest.envelopeCents > 0 ? Math.min(1, spent / contest.envelopeCents) : 0;
  return (
    <>
      <svg
        viewBox="0 0 100 4"
        preserveAspectRatio="none"
        aria-hidden="true"
        className="border-line-strong mb-2 block h-3 w-full border bg-white"
      >
        <rect width={share * 100} height="4" className={left < 0 ? 'fill-danger' : 'fill-accent'} />
        {left < 0
          ? [10, 30, 50, 70, 90].map((x) => (
              <rect key={x} x={x} width="4" height="4" className="fill-white" />
            ))
          : null}
      </svg>
      {t('chosen', { spent: formatSoles(spent), total: formatSoles(contest.envelopeCents) })}{' '}
      <strong className={left < 0 ? 'text-danger' : ''}>
        {left < 0
          ? t('over', { over: formatSoles(-left) })
          : t('left', { left: formatSoles(left) })}
      </strong>
      <PickCount contest={contest} answer={answer} isOver={left < 0} />
    </>
  );
}

/** How many are marked of how many; nothing where all may be marked. */
function PickCount({
  contest,
  answer,
  isOver,
}: {
  readonly contest: AllocateContest;
  readonly answer: Answer;
  /** Over the money: then nobody thinks of marking another. */
  readonly isOver: boolean;
}) {
  const t = useTranslations('booth.allocate');
  const most = mostPicks(contest);
  if (most >= contest.proposals.length) return null;
  const count = answer.picks.length;
  const over = excessPicks(contest, answer);
  return (
    <span className="mt-1 block">
      {t('picked', { count, most })}{' '}
      {over > 0 ? <strong className="text-danger">{t('pickedOver', { over })}</strong> : null}
      {count === most && !isOver ? t('pickedFull') : null}
    </span>
  );
}
