/**
 * What must be true of a round's figures at every moment, whoever holds the databases. Pure: the
 * worker brings the figures once a minute and keeps what this finds.
 */

export type ByGroup = Readonly<Record<string, number>>;

/**
 * The ways that are not a phone, each counted twice: by what they gave out, and by the rights that this
 * took. All of one moment.
 */
export interface ChannelSums {
  /** People on paper tables' lists, and rights given out on paper. */
  readonly checkedIn: ByGroup;
  readonly onPaper: ByGroup;
  /** Tables with minutes of more papers than people on their lists. */
  readonly overfullUrns: ByGroup;
  /** People reserved to tablets or noted as having voted there, and rights of tablets. */
  readonly listed: ByGroup;
  readonly onTablets: ByGroup;
}

export interface MonitorFigures {
  /** On the roll, as the manifest has it frozen. */
  readonly eligible: ByGroup;
  /** On the roll, as the registry has it now. */
  readonly onRoll: ByGroup;
  /** Rights given out, per way. */
  readonly issued: Readonly<Record<'phone' | 'desk' | 'tablet' | 'paper', ByGroup>>;
  /** Rights of people who are not on the roll of this round, or in another group than theirs. */
  readonly offRoll: number;
  /** Rights of phones and desks whose signature is kept, what the issuer's own log says it signed, and vouchers. */
  readonly completed: ByGroup;
  readonly signed: ByGroup;
  readonly vouchers: ByGroup;
  readonly channels: ChannelSums;
  readonly box: {
    readonly groups: Readonly<Record<string, { readonly voters: number; readonly lines: number }>>;
    readonly receipts: number;
    readonly lines: number;
    readonly published: number;
  };
}

export type MonitorKind =
  /** More ballots count than electronic rights were given out. */
  | 'more-voters-than-issued'
  | 'more-issued-than-eligible'
  | 'roll-changed'
  | 'issued-off-roll'
  /** The issuer signed what the registry gave to nobody, or the registry holds what it never signed. */
  | 'signed-without-right'
  | 'right-without-signing'
  | 'unknown-group'
  /** Paper tables' lists are not the rights given out on paper; the same of tablets. */
  | 'paper-differs'
  | 'more-papers-than-people'
  | 'tablets-differ'
  | 'receipts-differ'
  /** Lines of the groups do not add up, or cannot come from so many voters. */
  | 'lines-differ'
  | 'more-published-than-cast'
  /** Fewer than a minute before: something was deleted. */
  | 'fewer-than-before'
  /** Unusually many at once: nothing is wrong by itself, and a person should look. */
  | 'sudden-turnout'
  /** The box does not answer, or refuses to: nothing could be compared. */
  | 'box-away';

export interface MonitorProblem {
  readonly kind: MonitorKind;
  readonly group?: string | undefined;
}

/** A change that asks for a look, not a broken promise. */
export function isOnlyUnusual({ kind }: MonitorProblem): boolean {
  return kind === 'sudden-turnout';
}

export const BOX_AWAY: readonly MonitorProblem[] = [{ kind: 'box-away' }];

export function isBoxAway(problems: readonly MonitorProblem[]): boolean {
  return problems.some(({ kind }) => kind === 'box-away');
}

/** Of a round that nobody has looked at yet. */
export const NO_FIGURES: MonitorFigures = {
  eligible: {},
  onRoll: {},
  issued: { phone: {}, desk: {}, tablet: {}, paper: {} },
  offRoll: 0,
  completed: {},
  signed: {},
  vouchers: {},
  channels: { checkedIn: {}, onPaper: {}, overfullUrns: {}, listed: {}, onTablets: {} },
  box: { groups: {}, receipts: 0, lines: 0, published: 0 },
};

/** Times a voter may send a ballot. */
const MOST_BALLOTS_EACH = 5;
/** New voters between two checks that are called sudden: a full hall does not reach both. */
const SUDDEN_VOTERS = 300;
const SUDDEN_SHARE = 0.05;

export const votersIn = ({ box }: MonitorFigures): number =>
  sum(Object.values(box.groups).map(({ voters }) => voters));

export const issuedIn = ({ issued }: MonitorFigures): number =>
  sum(Object.values(issued).flatMap((groups) => Object.values(groups)));

export const eligibleIn = ({ eligible }: MonitorFigures): number => sum(Object.values(eligible));

/** Everything that does not agree, the gravest first; `before` are the figures of the last check. */
export function problemsIn(
  figures: MonitorFigures,
  before: MonitorFigures | null,
): MonitorProblem[] {
  const { box, issued, channels } = figures;
  const found: MonitorProblem[] = [];
  const of = (kind: MonitorKind, isBroken: boolean, group?: string): void => {
    if (isBroken) found.push(group === undefined ? { kind } : { kind, group });
  };
  for (const [group, eligible] of Object.entries(figures.eligible)) {
    const at = (groups: ByGroup): number => groups[group] ?? 0;
    const { voters, lines } = box.groups[group] ?? { voters: 0, lines: 0 };
    const electronic = at(issued.phone) + at(issued.desk) + at(issued.tablet);
    of('more-voters-than-issued', voters > electronic, group);
    of('more-issued-than-eligible', electronic + at(issued.paper) > eligible, group);
    of('roll-changed', at(figures.onRoll) !== eligible, group);
    const rights = at(issued.phone) + at(issued.desk) + at(figures.vouchers);
    of('signed-without-right', at(figures.signed) > rights, group);
    of('right-without-signing', at(figures.completed) > at(figures.signed), group);
    of('paper-differs', at(channels.checkedIn) !== at(channels.onPaper), group);
    of('more-papers-than-people', at(channels.overfullUrns) > 0, group);
    of('tablets-differ', at(channels.listed) !== at(channels.onTablets), group);
    of('lines-differ', lines < voters || lines > voters * MOST_BALLOTS_EACH, group);
  }
  const { onRoll, signed } = figures;
  const told = [onRoll, signed, box.groups, ...Object.values(issued), channels.checkedIn];
  for (const group of new Set(
    [...told, channels.listed].flatMap((groups) => Object.keys(groups)),
  )) {
    of('unknown-group', !(group in figures.eligible), group);
  }
  of('issued-off-roll', figures.offRoll > 0);
  of('lines-differ', sum(Object.values(box.groups).map(({ lines }) => lines)) !== box.lines);
  of('receipts-differ', box.receipts !== box.lines);
  of('more-published-than-cast', box.published > box.lines);
  if (before !== null) {
    const fell = (['lines', 'receipts', 'published'] as const).some(
      (figure) => box[figure] < before.box[figure],
    );
    of('fewer-than-before', fell || votersIn(figures) < votersIn(before));
    const rise = votersIn(figures) - votersIn(before);
    of('sudden-turnout', rise > Math.max(SUDDEN_VOTERS, SUDDEN_SHARE * eligibleIn(figures)));
  }
  return found;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
