import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { DimensionMark } from '@/components/dimension';
import { Button } from '@/components/ui/button';
import { pickText } from '@/lib/i18n/text';
import type { RankContest } from '@/lib/rounds/manifest';
import { shuffled } from './shuffle';
import type { Answer } from './types';

interface Props {
  readonly contest: RankContest;
  readonly answer: Answer;
  readonly seed: number;
  readonly onToggle: (row: string) => void;
  readonly onMove: (row: string, by: -1 | 1) => void;
}

/** All rows in this voter's order, each with one button; below them the list that they make. */
export function RankChoice({ contest, answer, seed, onToggle, onMove }: Props) {
  const t = useTranslations('booth.rank');
  const locale = useLocale();
  const isFull = answer.picks.length >= contest.maxRanked;
  return (
    <>
      <h2 className="mb-1 text-xl">{t('rows')}</h2>
      <p className="mb-3">{t('shuffled')}</p>
      <ul
        className="divide-line border-line divide-y border-y"
        id={`options-${contest.id}`}
        tabIndex={-1}
      >
        {shuffled(contest.rows, seed, contest.id).map((row) => {
          const title = pickText(locale, row.title);
          const place = answer.picks.indexOf(row.id) + 1;
          const isChosen = place > 0;
          return (
            <li
              key={row.id}
              className={`py-4 ${isChosen ? 'border-l-accent border-l-8 pl-3' : ''}`}
            >
              <p className="flex items-start gap-3">
                <DimensionMark code={row.dimension} label={false} size={36} />
                <span className="min-w-0 font-semibold">{title}</span>
              </p>
              <div className="mt-3 flex flex-wrap items-center gap-3">
                <Button
                  type="button"
                  variant="secondary"
                  aria-disabled={isFull && !isChosen ? true : undefined}
                  className={isFull && !isChosen ? 'border-line-strong! text-ink-soft!' : ''}
                  onClick={() => {
                    onToggle(row.id);
                  }}
                >
                  {isChosen ? t('remove') : t('add')}
                  <span className="sr-only">: {title}</span>
                </Button>
                {isChosen ? <span className="font-semibold">{t('place', { place })}</span> : null}
              </div>
            </li>
          );
        })}
      </ul>
      <OwnList {...{ contest, answer, onToggle, onMove }} />
    </>
  );
}

/** The voter's list, the most urgent first. Focus stays with the row that moves. */
function OwnList({ contest, answer, onToggle, onMove }: Omit<Props, 'seed'>) {
  const t = useTranslations('booth.rank');
  const locale = useLocale();
  const heading = useRef<HTMLHeadingElement>(null);
  const focusNext = useRef<string | null>(null);
  useEffect(() => {
    if (focusNext.current === null) return;
    document.getElementById(focusNext.current)?.focus();
    focusNext.current = null;
  }, [answer.picks]);
  return (
    <section aria-labelledby="own-list">
      <h2 id="own-list" ref={heading} tabIndex={-1} className="mt-8 mb-3 text-xl">
        {t('ownList')}
      </h2>
      {answer.picks.length === 0 ? <p>{t('empty')}</p> : null}
      <ol className="space-y-3">
        {answer.picks.map((id, index) => {
          const row = contest.rows.find((each) => each.id === id);
          const title = row ? pickText(locale, row.title) : id;
          const isFirst = index === 0;
          const isLast = index === answer.picks.length - 1;
          const step = (by: -1 | 1, isEnd: boolean, label: string) => (
            <Button
              id={`${by < 0 ? 'up' : 'down'}-${id}`}
              type="button"
              variant="secondary"
              aria-disabled={isEnd ? true : undefined}
              className={`px-3! ${isEnd ? 'border-line-strong! text-ink-soft!' : ''}`}
              onClick={(event) => {
                focusNext.current = event.currentTarget.id;
                onMove(id, by);
              }}
            >
              {label}
              <span className="sr-only">: {title}</span>
            </Button>
          );
          return (
            <li key={id} className="border-ink border-2 bg-white p-3">
              <p className="flex items-start gap-3 font-semibold">
                <span className="bg-ink grid size-9 shrink-0 place-items-center rounded-full text-white">
                  {index + 1}
                </span>
                <span className="min-w-0 pt-1">{title}</span>
              </p>
              <div className="mt-3 flex flex-wrap gap-2">
                {step(-1, isFirst, t('up'))}
                {step(1, isLast, t('down'))}
                <Button
                  type="button"
                  variant="quiet"
                  className="px-3!"
                  onClick={() => {
                    onToggle(id);
                    heading.current?.focus();
                  }}
                >
                  {t('take')}
                  <span className="sr-only">: {title}</span>
                </Button>
              </div>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
