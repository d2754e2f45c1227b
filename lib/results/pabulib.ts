import { assert } from '@/lib/shared/assert';
import { limaDay } from '@/lib/shared/lima';
import { buildElection } from '@/lib/tally/election';
import { writeDecimal } from '@/lib/tally/pabulib/numbers';
import { writePabulib } from '@/lib/tally/pabulib/writer';
import type { FundingResult, FundingRule } from '@/lib/tally/types';
import type { GatedAllocate, PublicResult } from './gate';
import type { CountedBallot } from './types';

/**
 * A published contest as a Pabulib file (pabulib.org/format): its ballots without persons, its
 * proposals in Spanish, what was funded, and in `comment` how to count it again.
 */
export function pabulibOf(
  result: PublicResult,
  contest: GatedAllocate & { readonly result: FundingResult },
  ballots: readonly CountedBallot[],
): string {
  const { groups } = contest;
  const voters = groups === 'all' ? ballots : ballots.filter(({ group }) => groups.includes(group));
  assert(voters.length === contest.result.voters, 'the record holds the ballots that were counted');
  const election = buildElection({
    kind: 'approval',
    projects: contest.proposals.map(({ id, costCents, dimension }) => ({
      id,
      cost: costCents,
      categories: [dimension],
    })),
    budget: contest.envelopeCents,
    ballots: voters.map(({ choices }) => ({ choices: choices[contest.id] ?? [] })),
  });
  return writePabulib(election, contest.result, {
    description: `${result.title.es}. ${contest.title.es}`,
    country: 'Peru',
    unit: result.municipality,
    subunit: groups === 'all' ? null : contest.title.es,
    instance: result.fiscalYear.toString(),
    dateBegin: dayOf(result.opensAt),
    dateEnd: dayOf(result.closesAt),
    currency: 'PEN',
    language: 'es',
    comment: [
      `Round ${result.round}, contest ${contest.id}.`,
      `Manifest ${result.manifestHash}, input hash ${result.inputHash}, engine ${result.engine}.`,
      `Count again: npm run -s tally -- FILE ${tallyOptions(contest.result.rule).map(quoted).join(' ')}`,
    ].join(' '),
    names: new Map(contest.proposals.map(({ id, title }) => [id, title.es])),
  });
}

/** "31.12.2026", the day in Lima. */
function dayOf(moment: string): string {
  return limaDay(new Date(moment)).split('-').reverse().join('.');
}

/** Céntimos as the file has them. */
const soles = (cents: string): string => writeDecimal(BigInt(cents), 2);

const quoted = (option: string): string => (/^[\w+,:.=-]+$/.test(option) ? option : `'${option}'`);

/** The options of the `tally` command that count by this rule. */
export function tallyOptions(rule: FundingRule): string[] {
  const ties = ['--ties', rule.ties.join(',')];
  switch (rule.kind) {
    case 'greedy': {
      const { utility, threshold } = rule;
      const name = rule.walk === 'no-skip' ? 'greedy-no-skip' : 'greedy';
      const least = threshold === undefined ? [] : ['--threshold', threshold.toString()];
      const unsupported = rule.unsupported ?? 'leave';
      const tops = Object.entries(rule.ceilings?.categories ?? {});
      const more = [
        ...tops.flatMap(([name, top]) => ['--ceiling', `${name}=${soles(top)}`]),
        ...(rule.conflicts ?? []).flatMap((rivals) => ['--conflict', rivals.join(',')]),
        ...(rule.leftover === undefined ? [] : ['--leftover', rule.leftover]),
      ];
      return [
        '--rule',
        name,
        '--utility',
        utility,
        ...least,
        '--unsupported',
        unsupported,
        ...more,
        ...ties,
      ];
    }
    case 'equal-shares':
      return [
        ...['--rule', 'equal-shares', '--utility', rule.utility],
        ...['--completion', rule.completion],
        ...['--add1-start', rule.add1Start, '--add1-stop', rule.add1Stop],
        ...(rule.compareWithGreedy === true ? ['--compare-with-greedy'] : []),
        ...['--unsupported', rule.unsupported ?? 'leave'],
        ...ties,
      ];
    case 'phragmen': {
      const { overshoot = 'stop', unsupported = 'leave' } = rule;
      const how = ['--overshoot', overshoot, '--unsupported', unsupported];
      return ['--rule', 'phragmen', ...how, ...ties];
    }
    case 'maximin-support':
      return ['--rule', 'maximin-support', ...ties];
    case 'max-welfare':
      return ['--rule', 'max-welfare', '--utility', rule.utility, ...ties];
  }
}
