import type { LiveSnapshot } from '@/lib/results/snapshot';
import { formatCount } from '../count';
import { WallBar } from './bars';
import type { ScreenBar, ScreenModel } from './model';
import type { ScreenPhase } from './phase';
import { fill, type ScreenTexts } from './texts';
import { pageOf, withLine, type ScreenView } from './views';

/** One question of the ballot: six bars, best first, and where the money ends. */
export function ContestView({
  model,
  texts,
  view,
  phase,
  snapshot,
}: {
  readonly model: ScreenModel;
  readonly texts: ScreenTexts;
  readonly view: Extract<ScreenView, { kind: 'contest' }>;
  readonly phase: ScreenPhase;
  readonly snapshot: LiveSnapshot | null;
}) {
  const { contest } = view;
  const published = phase === 'published' ? model.results?.bars[contest.id] : undefined;
  const all: readonly ScreenBar[] = published ?? snapshot?.bars?.[contest.id] ?? [];
  const sorted = contest.kind === 'allocate' ? withLine(all) : { funded: [], others: all };
  const ordered = [...sorted.funded, ...sorted.others];
  const shown = pageOf(ordered, view.page);
  const most = Math.max(1, ...all.map((bar) => bar.votes ?? 0));
  const unit = contest.kind === 'rank' ? texts.points : texts.votes;
  const row = (bar: ScreenBar) => (
    <WallBar
      key={bar.id}
      label={contest.labels[bar.id] ?? bar.id}
      figure={bar.votes === null ? '' : fill(unit, { n: formatCount(bar.votes) })}
      share={(bar.votes ?? 0) / most}
      striped={contest.kind === 'allocate' && !bar.funded}
    />
  );
  const funded = shown.filter((bar) => contest.kind === 'allocate' && bar.funded);
  const others = shown.filter((bar) => !funded.includes(bar));
  const hasLine = contest.kind === 'allocate' && others.some((bar) => bar === sorted.others[0]);
  return (
    <section className="flex h-full flex-col">
      <h2 className="truncate pb-[1vh] font-sans text-[6vh] leading-[1.15] tracking-normal">
        {contest.title}
        {view.pages > 1 ? ` · ${fill(texts.page, { page: view.page, pages: view.pages })}` : ''}
      </h2>
      {all.length === 0 ? (
        <p className="my-auto text-[7vh] leading-tight font-semibold">
          {fill(texts.noBars, { min: model.minGroup })}
        </p>
      ) : (
        <div>
          <ol className="space-y-[0.8vh]">{funded.map(row)}</ol>
          {hasLine ? (
            <p className="flex items-center gap-[1.5vw] py-[0.4vh] text-[5vh] leading-[1.2] font-bold whitespace-nowrap">
              <Rule />
              {fill(
                funded.length === 0 && view.page === 1
                  ? texts.noneFunded
                  : phase === 'published'
                    ? texts.fundedLine
                    : texts.fundedLineNow,
                { amount: contest.envelope ?? '' },
              )}
              <Rule />
            </p>
          ) : null}
          <ol className="space-y-[0.8vh]">{others.map(row)}</ol>
        </div>
      )}
    </section>
  );
}

function Rule() {
  return <span aria-hidden="true" className="border-ink h-[1.2vh] flex-1 border-y-[0.4vh]" />;
}
