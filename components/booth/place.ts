import type { Place, Stage } from './state';

/**
 * The step in the address's fragment, so that the browser's back button walks the booth. It says
 * which page, never what was chosen, and a fragment is not sent to any server.
 */
export function fragmentOf(place: Place): string {
  if (place === 'start') return '#inicio';
  return place === 'review' ? '#revisar' : `#paso-${place + 1}`;
}

/** The step that a fragment names, or null when it names none. */
export function placeOf(fragment: string): Place | null {
  if (fragment === '#inicio' || fragment === '') return 'start';
  if (fragment === '#revisar') return 'review';
  const step = /^#paso-([1-9]\d?)$/.exec(fragment)?.[1];
  return step === undefined ? null : Number(step) - 1;
}

/** Where a stage stands; everything after sending is one place. */
export function placeOfStage(stage: Stage): Place | null {
  switch (stage.name) {
    case 'choose':
      return stage.step;
    case 'review':
      return 'review';
    case 'start':
    case 'done':
      return 'start';
    case 'opening':
    case 'stopped':
    case 'activate':
    case 'note-code':
    case 'recover':
    case 'activating':
    case 'sending':
    case 'refused':
    case 'clearing':
    case 'cleared':
    case 'forgetting':
    case 'forgotten':
      return null;
  }
}
