/** The words of the screen, handed over as plain strings: a wall needs no message library. */
export const SCREEN_TEXT_KEYS = [
  'demo',
  'ballots',
  'ofEligible',
  'turnout',
  'few',
  'noBars',
  'points',
  'votes',
  'fundedLine',
  'fundedLineNow',
  'noneFunded',
  'opensIn',
  'closesIn',
  'opensAt',
  'closing',
  'counting',
  'countingText',
  'published',
  'publishedText',
  'waiting',
  'updated',
  'offline',
  'offlineNoData',
  'hash',
  'join',
  'joinText',
  'page',
  'help',
  'keySpace',
  'keyHome',
  'helpNext',
  'helpPrevious',
  'helpFirst',
  'helpFull',
  'helpClose',
  'phone',
] as const;

export type ScreenTexts = Readonly<Record<(typeof SCREEN_TEXT_KEYS)[number], string>>;

/** "{n} de {total}" with its values. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
