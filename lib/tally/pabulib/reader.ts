import { at } from '../at';
import type { BallotKind, Election, Project } from '../types';
import { BallotReader, PointsNeedDecimals } from './ballots';
import { quote, readDecimal, scaleTo, type Decimal } from './numbers';
import { eachRecord, PabulibError, refusal, sectionOf, splitCells, textOf, valueOf } from './rows';
import type { Section } from './rows';

export type VoteType = 'approval' | 'ordinal' | 'cumulative' | 'scoring' | 'choose-1';

interface VoteKind {
  readonly type: VoteType;
  readonly kind: BallotKind;
}

const KINDS: ReadonlyMap<string, VoteKind> = new Map<string, VoteKind>([
  ['approval', { type: 'approval', kind: 'approval' }],
  ['choose-1', { type: 'choose-1', kind: 'approval' }],
  ['ordinal', { type: 'ordinal', kind: 'ranking' }],
  ['cumulative', { type: 'cumulative', kind: 'points' }],
  ['scoring', { type: 'scoring', kind: 'points' }],
]);

/** What the file says of a project beside its cost, by column; columns we do not know included. */
export type ProjectColumns = ReadonlyMap<string, string>;

export interface PabulibElection {
  readonly election: Election;
  readonly voteType: VoteType;
  /** Amounts are in units of 10^-decimals of the currency. */
  readonly decimals: number;
  /** Points of the ballots were multiplied by this to make them whole. */
  readonly pointScale: number;
  readonly meta: ReadonlyMap<string, string>;
  /** Beside `election.projects`. */
  readonly columns: readonly ProjectColumns[];
  /** Oddities that change nothing in the count: declared totals that differ, unknown columns. */
  readonly warnings: readonly string[];
}

export type PabulibRead =
  | { readonly ok: true; readonly value: PabulibElection }
  | { readonly ok: false; readonly line: number; readonly message: string };

/**
 * Reads a Pabulib file (pabulib.org/format, state of 2026) from pieces of it. Ballots go straight
 * from bytes into groups; nothing is kept per ballot.
 *
 * A malformed file is refused with line and reason: unknown ids, missing columns, amounts that are
 * none, open quotes. Repeated ids in a ballot count once, at their first place. `source` is asked
 * again when points turn out to have decimals, which is seen only on the way.
 */
export function readPabulib(source: () => Iterable<Uint8Array>): PabulibRead {
  let pointScale = 1;
  for (;;) {
    try {
      return { ok: true, value: new Reader(pointScale).read(source()) };
    } catch (error) {
      if (error instanceof PointsNeedDecimals) pointScale = error.scale;
      else return refusal(error);
    }
  }
}

class Reader {
  private readonly meta = new Map<string, string>();
  private readonly columns: Map<string, string>[] = [];
  private readonly costs: Decimal[] = [];
  private readonly indexOf = new Map<string, number>();
  private readonly seen: Section[] = [];
  private readonly pointScale: number;
  private header: readonly string[] | null = null;
  private budget: Decimal = { digits: 0n, decimals: 0 };
  private votes: VoteKind = { type: 'approval', kind: 'approval' };
  private ballots: BallotReader | null = null;

  constructor(pointScale: number) {
    this.pointScale = pointScale;
  }

  read(chunks: Iterable<Uint8Array>): PabulibElection {
    let last = 0;
    eachRecord(chunks, (bytes, start, end, quoted, line) => {
      last = line;
      if (this.ballots !== null) this.ballots.add(bytes, start, end, quoted, line);
      else if (end > start) this.row(textOf(bytes, start, end, line), line);
    });
    return this.finish(last);
  }

  private row(record: string, line: number): void {
    const section = sectionOf(record);
    if (section !== null) {
      this.open(section, line);
      return;
    }
    if (record.trim() === '') return;
    const current = this.seen.at(-1);
    if (current === undefined) {
      throw new PabulibError(line, `The file must begin with META, not with ${quote(record)}.`);
    }
    const cells = splitCells(record, line);
    if (this.header === null) this.readHeader(current, cells, line);
    else if (current === 'META') this.readMeta(cells, line);
    else this.readProject(this.header, cells, line);
  }

  private open(section: Section, line: number): void {
    const expected = (['META', 'PROJECTS', 'VOTES'] as const)[this.seen.length];
    if (section !== expected) {
      throw new PabulibError(line, `${section} comes where ${String(expected)} was expected.`);
    }
    if (this.seen.length > 0 && this.header === null) {
      throw new PabulibError(line, `The section before ${section} has no header.`);
    }
    if (section === 'PROJECTS') this.checkMeta(line);
    this.seen.push(section);
    this.header = null;
  }

  private readHeader(section: Section, cells: readonly string[], line: number): void {
    const names = cells.map((cell) => valueOf(cell).toLowerCase());
    const needed = { META: ['key', 'value'], PROJECTS: ['project_id', 'cost'], VOTES: ['vote'] };
    for (const name of needed[section]) {
      if (!names.includes(name)) {
        throw new PabulibError(line, `The header of ${section} has no column ${name}.`);
      }
    }
    if (new Set(names).size !== names.length) {
      throw new PabulibError(line, `The header of ${section} names a column twice.`);
    }
    this.header = names;
    if (section !== 'VOTES') return;
    const { kind } = this.votes;
    if (kind === 'points' && !names.includes('points')) {
      throw new PabulibError(line, 'Ballots with points need a column points.');
    }
    this.ballots = new BallotReader(kind, names, this.indexOf, this.pointScale);
  }

  private readMeta(cells: readonly string[], line: number): void {
    const [key = '', ...rest] = cells.map(valueOf);
    const value = rest.join(';').replace(/;+$/, '');
    const before = this.meta.get(key);
    if (before !== undefined && before !== value) {
      throw new PabulibError(line, `META gives ${quote(key)} twice, with different values.`);
    }
    this.meta.set(key, value);
    if (key === 'budget') this.budget = readDecimal(value, line, 'The budget');
  }

  private checkMeta(line: number): void {
    if (!this.meta.has('budget')) throw new PabulibError(line, 'META has no budget.');
    const declared = named(this.meta, 'vote_type');
    const known = KINDS.get(declared);
    if (known === undefined) {
      throw new PabulibError(line, `META has no known vote_type: ${quote(declared)}.`);
    }
    this.votes = known;
  }

  private readProject(header: readonly string[], cells: readonly string[], line: number): void {
    if (cells.length > header.length && cells.slice(header.length).some((cell) => cell !== '')) {
      throw new PabulibError(line, 'A project has more cells than the header names.');
    }
    const values = new Map(header.map((name, i) => [name, valueOf(cells[i] ?? '')]));
    const id = named(values, 'project_id');
    if (id === '') throw new PabulibError(line, 'A project has no project_id.');
    if (/[,;]/.test(id)) {
      throw new PabulibError(line, `A project_id holds a comma or a semicolon: ${quote(id)}.`);
    }
    if (this.indexOf.has(id)) throw new PabulibError(line, `Two projects are called ${quote(id)}.`);
    this.costs.push(readDecimal(named(values, 'cost'), line, `The cost of ${quote(id)}`));
    this.indexOf.set(id, this.columns.length);
    this.columns.push(values);
  }

  private finish(last: number): PabulibElection {
    if (this.ballots === null) {
      const missing = (['META', 'PROJECTS', 'VOTES'] as const)[this.seen.length];
      throw new PabulibError(
        last,
        missing === undefined ? 'VOTES has no header.' : `The file has no section ${missing}.`,
      );
    }
    const decimals = Math.max(this.budget.decimals, ...this.costs.map((cost) => cost.decimals));
    const profile = this.ballots.finish();
    return {
      election: {
        projects: this.columns.map((values, c) => project(values, at(this.costs, c), decimals)),
        budget: scaleTo(this.budget, decimals),
        unitsPerCurrency: 10n ** BigInt(decimals),
        profile,
      },
      voteType: this.votes.type,
      decimals,
      pointScale: this.pointScale,
      meta: this.meta,
      columns: this.columns,
      warnings: this.warnings(profile.voters),
    };
  }

  private warnings(voters: number): string[] {
    const warnings: string[] = [];
    const check = (key: string, found: number): void => {
      const declared = this.meta.get(key);
      if (declared !== undefined && Number(declared) !== found) {
        warnings.push(`META declares ${key} ${quote(declared)}, the file has ${found}.`);
      }
    };
    check('num_projects', this.columns.length);
    check('num_votes', voters);
    return warnings;
  }
}

const named = (values: ProjectColumns, name: string): string => values.get(name) ?? '';

const list = (value: string): string[] =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '' && item !== 'None');

function project(values: ProjectColumns, cost: Decimal, decimals: number): Project {
  const [district = null] = list(
    named(values, values.has('district') ? 'district' : 'neighborhood'),
  );
  return {
    id: named(values, 'project_id'),
    cost: scaleTo(cost, decimals),
    district,
    categories: list(named(values, 'category')),
  };
}
