import { at } from '../at';
import { greedyContest } from '../greedy';
import type { Election, FundingResult } from '../types';
import { writeDecimal } from './numbers';
import { cellOf } from './rows';

/** What a Pabulib file says beside the numbers. Dates as dd.mm.yyyy or yyyy, codes as ISO. */
export interface PabulibExport {
  readonly description: string;
  readonly country: string;
  readonly unit: string;
  readonly instance: string;
  /** A part of the unit: district, envelope. */
  readonly subunit: string | null;
  readonly dateBegin: string;
  readonly dateEnd: string;
  readonly currency: string;
  readonly language: string;
  readonly comment: string | null;
  /** Project names by id. */
  readonly names: ReadonlyMap<string, string>;
}

/** What our rules are called there; what has no name there is "unknown". */
function declaredRule({ rule }: FundingResult): string {
  if (rule.kind === 'greedy') {
    if (rule.walk === 'no-skip') return 'greedy-no-skip';
    if (rule.threshold !== undefined) return 'greedy-threshold';
    return rule.conflicts === undefined ? 'greedy' : 'greedy-exclusive';
  }
  if (rule.kind !== 'equal-shares') return 'unknown';
  const add1 = rule.completion.startsWith('add1') ? '/add1' : '';
  return `equalshares${add1}${rule.compareWithGreedy === true ? '-comparison' : ''}`;
}

/**
 * A closed contest as a Pabulib file: ballots without persons (numbered in the order of groups),
 * projects in descending order of votes, the outcome in `selected`.
 * Throws `RangeError` for elections without money.
 */
export function writePabulib(
  election: Election,
  result: FundingResult,
  about: PabulibExport,
): string {
  const { profile, projects, unitsPerCurrency } = election;
  const decimals = unitsPerCurrency.toString().length - 1;
  if (10n ** BigInt(decimals) !== unitsPerCurrency) {
    throw new RangeError('The units of currency must be a power of ten.');
  }
  const amount = (units: bigint): string => writeDecimal(units, decimals);
  const voteType = { approval: 'approval', ranking: 'ordinal', points: 'cumulative' }[profile.kind];
  const meta: [string, string | null][] = [
    ['description', about.description],
    ['country', about.country],
    ['unit', about.unit],
    ['subunit', about.subunit],
    ['instance', about.instance],
    ['num_projects', String(projects.length)],
    ['num_votes', String(profile.voters)],
    ['budget', amount(election.budget)],
    ['vote_type', voteType],
    ['rule', declaredRule(result)],
    ['date_begin', about.dateBegin],
    ['date_end', about.dateEnd],
    ['language', about.language],
    ['currency', about.currency],
    ['comment', about.comment],
  ];

  const { votes, scores } = greedyContest(election, 'points-cost', ['file-order']);
  const funded = new Set(result.winners);
  const partly = new Set(
    result.projects
      .filter(({ outcome }) => outcome.status === 'not-funded' && outcome.partly !== undefined)
      .map(({ id }) => id),
  );
  const order = projects.map((_, c) => c);
  order.sort((a, b) => Number(scores[b]) - Number(scores[a]) || a - b);
  const listed = projects.some(({ categories }) => categories.length > 0);
  const scored = voteType !== 'approval';

  const lines = ['META', 'key;value'];
  for (const [key, value] of meta) if (value !== null) lines.push(`${key};${cellOf(value)}`);
  lines.push(
    'PROJECTS',
    `project_id;cost;votes;${scored ? 'score;' : ''}${listed ? 'category;' : ''}name;selected`,
  );
  for (const c of order) {
    const { id, cost, categories } = at(projects, c);
    const selected = funded.has(id) ? 1 : partly.has(id) ? 2 : 0;
    const score = scored ? [String(scores[c])] : [];
    const cells = [
      id,
      amount(cost),
      String(votes[c]),
      ...score,
      ...(listed ? [categories.join(',')] : []),
      about.names.get(id) ?? '',
      selected,
    ];
    lines.push(cells.map((cell) => cellOf(String(cell))).join(';'));
  }
  lines.push('VOTES', `voter_id;vote${profile.kind === 'points' ? ';points' : ''}`);
  let voter = 0;
  for (let g = 0; g < profile.groups; g++) {
    const start = Number(profile.starts[g]);
    const end = Number(profile.starts[g + 1]);
    const entries = Array.from(profile.entries.subarray(start, end), (c, i) => ({
      id: at(projects, c).id,
      points: Number(profile.points?.[start + i]),
    }));
    // Falling points is how the format lists them; rankings and approvals keep their order.
    if (profile.points !== null) entries.sort((a, b) => b.points - a.points);
    const vote = entries.map(({ id }) => id).join(',');
    const points = profile.points === null ? '' : `;${entries.map((e) => e.points).join(',')}`;
    for (let i = 0; i < Number(profile.counts[g]); i++) lines.push(`${++voter};${vote}${points}`);
  }
  return `${lines.join('\n')}\n`;
}
