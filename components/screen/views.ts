import { BARS_PER_VIEW, type ScreenBar, type ScreenContest, type ScreenModel } from './model';
import type { ScreenPhase } from './phase';

/** What the wall shows at one time; Space goes to the next. */
export type ScreenView =
  | { readonly kind: 'summary' }
  | { readonly kind: 'turnout'; readonly page: number; readonly pages: number }
  | {
      readonly kind: 'contest';
      readonly contest: ScreenContest;
      readonly page: number;
      readonly pages: number;
    }
  | { readonly kind: 'join' };

/** All views of a moment, in the order of the clicker. Never more than six bars in one. */
export function viewsOf(model: ScreenModel, phase: ScreenPhase): ScreenView[] {
  const views: ScreenView[] = [{ kind: 'summary' }];
  const results = phase === 'published' ? model.results : null;
  if (results || (model.hasLiveBars && phase !== 'before')) {
    for (const contest of model.contests) {
      const pages = Math.max(
        1,
        Math.ceil((results?.bars[contest.id]?.length ?? 0) / BARS_PER_VIEW),
      );
      for (let page = 1; page <= pages; page += 1) {
        views.push({ kind: 'contest', contest, page, pages });
      }
    }
  }
  if (phase !== 'before') {
    const pages = Math.ceil(model.groups.length / BARS_PER_VIEW);
    for (let page = 1; page <= pages; page += 1) views.push({ kind: 'turnout', page, pages });
  }
  if (phase === 'before' || phase === 'open') views.push({ kind: 'join' });
  return views;
}

/** Funded first, each part by votes: so that the line can stand between them. */
export function withLine(bars: readonly ScreenBar[]): {
  readonly funded: readonly ScreenBar[];
  readonly others: readonly ScreenBar[];
} {
  return { funded: bars.filter((bar) => bar.funded), others: bars.filter((bar) => !bar.funded) };
}

/** The bars of one page. */
export function pageOf<T>(all: readonly T[], page: number): readonly T[] {
  return all.slice((page - 1) * BARS_PER_VIEW, page * BARS_PER_VIEW);
}

export type KeyAct = 'next' | 'previous' | 'first' | 'help' | 'close' | 'full-screen';

/** What a key of the keyboard or of a clicker asks for. Clickers send PageUp and PageDown. */
export function actOfKey(key: string): KeyAct | null {
  switch (key) {
    case ' ':
    case 'ArrowRight':
    case 'ArrowDown':
    case 'PageDown':
      return 'next';
    case 'ArrowLeft':
    case 'ArrowUp':
    case 'PageUp':
    case 'Backspace':
      return 'previous';
    case 'Home':
      return 'first';
    case '?':
    case 'h':
    case 'H':
      return 'help';
    case 'Escape':
      return 'close';
    case 'f':
    case 'F':
      return 'full-screen';
    default:
      return null;
  }
}
