/** What the assembly screen knows when it opens; the ballot box's stream brings the figures. */

export interface ScreenGroup {
  readonly id: string;
  readonly label: string;
  readonly eligible: number;
}

export interface ScreenContest {
  readonly id: string;
  readonly kind: 'rank' | 'allocate';
  readonly title: string;
  /** Contests of some districts only: their live bars are asked for by name. */
  readonly isForAll: boolean;
  /** "S/ 1 250 000", for contests with money. */
  readonly envelope: string | null;
  /** Label (≤ 28 characters) of each row or proposal. */
  readonly labels: Readonly<Record<string, string>>;
}

export interface ScreenBar {
  readonly id: string;
  /** Null where the published result does not say. */
  readonly votes: number | null;
  readonly funded: boolean;
}

export interface ScreenModel {
  readonly code: string;
  readonly roundId: string;
  readonly name: string;
  readonly isDemo: boolean;
  readonly boxUrl: string;
  readonly state: string;
  readonly opensAt: string;
  readonly closesAt: string;
  /** The server's clock when the page was made: countdowns follow it, not the laptop's. */
  readonly serverNow: string;
  readonly hasLiveBars: boolean;
  readonly minGroup: number;
  readonly manifestHash: string | null;
  readonly joinAddress: string;
  /** The QR code: its side in modules, and each row as hexadecimal digits. */
  readonly qr: { readonly side: number; readonly rows: readonly string[] };
  readonly groups: readonly ScreenGroup[];
  readonly contests: readonly ScreenContest[];
  /** Bars by contest once the result is published; total of ballots beside them. */
  readonly results: {
    readonly ballots: number | null;
    readonly bars: Readonly<Record<string, readonly ScreenBar[]>>;
  } | null;
}

export const BARS_PER_VIEW = 6;
const LABEL_LENGTH = 28;

/** At most 28 characters, cut at the end with an ellipsis. */
export function shortLabel(text: string): string {
  return text.length <= LABEL_LENGTH ? text : `${text.slice(0, LABEL_LENGTH - 1).trimEnd()}…`;
}

/** A group of districts by its first name and how many more: "Chicche y 4 más". */
export function groupLabel(name: string, more: (first: string, others: number) => string): string {
  const names = name.split(', ');
  const [first = name] = names;
  return names.length === 1 ? shortLabel(name) : shortLabel(more(first, names.length - 1));
}

/** The first eight characters of the manifest's hash, in two groups that can be read aloud. */
export function shortHash(hash: string): string {
  return `${hash.slice(0, 4)} ${hash.slice(4, 8)}`;
}

/** The dark modules of a QR code as one SVG path, runs of a row joined. */
export function qrPath({ side, rows }: ScreenModel['qr']): string {
  return rows
    .flatMap((digits, y) => {
      const bits = Array.from(digits, (digit) => parseInt(digit, 16).toString(2).padStart(4, '0'));
      return [...bits.join('').slice(0, side).matchAll(/1+/g)].map(
        (run) => `M${run.index} ${y}h${run[0].length}v1h-${run[0].length}z`,
      );
    })
    .join('');
}

/** A row of modules as hexadecimal digits, filled up with light modules at its end. */
export function qrRow(dark: readonly boolean[]): string {
  const bits = dark.map((isDark) => (isDark ? '1' : '0')).join('');
  return (bits.match(/.{1,4}/g) ?? [])
    .map((four) => parseInt(four.padEnd(4, '0'), 2).toString(16))
    .join('');
}
