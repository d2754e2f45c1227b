import type { LiveSnapshot } from '@/lib/results/snapshot';
import { formatPercent } from '@/lib/shared/percent';
import { formatCount } from '../count';
import { WallBar } from './bars';
import type { ScreenModel } from './model';
import { fill, type ScreenTexts } from './texts';
import { pageOf, type ScreenView } from './views';

/** How many of each district group have voted, six at a time, against its own roll. */
export function TurnoutView({
  model,
  texts,
  view,
  snapshot,
}: {
  readonly model: ScreenModel;
  readonly texts: ScreenTexts;
  readonly view: Extract<ScreenView, { kind: 'turnout' }>;
  readonly snapshot: LiveSnapshot | null;
}) {
  const ballots = new Map(snapshot?.turnout.map((each) => [each.group, each.ballots]));
  return (
    <section>
      <h2 className="pb-[2vh] font-sans text-[6vh] leading-[1.15] tracking-normal">
        {texts.turnout}
        {view.pages > 1 ? ` · ${fill(texts.page, { page: view.page, pages: view.pages })}` : ''}
      </h2>
      <ol className="space-y-[1.6vh]">
        {pageOf(model.groups, view.page).map((group) => {
          const voted = ballots.get(group.id);
          const share = (voted ?? 0) / Math.max(1, group.eligible);
          return (
            <WallBar
              key={group.id}
              label={group.label}
              figure={figureOf(voted)}
              share={share}
              whole={voted !== null}
            />
          );
          function figureOf(count: number | null | undefined): string {
            if (count === undefined) return '—';
            if (count === null) return fill(texts.few, { min: model.minGroup });
            return `${formatCount(count)} · ${formatPercent(share)}`;
          }
        })}
      </ol>
    </section>
  );
}
