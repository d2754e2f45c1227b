import fc from 'fast-check';
import { at } from '../at';
import { buildElection, type BallotInput } from '../election';
import type { BallotKind, Election } from '../types';
import type { NaiveElection } from './naive';

/** One small random election, for the engine and for the naive reference. */
export interface Sample {
  readonly election: Election;
  readonly naive: NaiveElection;
  readonly ballots: readonly BallotInput[];
  readonly input: Parameters<typeof buildElection>[0];
}

/** Small numbers on purpose: ties, exact hits and empty purses are the rule, not the exception. */
export function samples(kind: BallotKind, unit = 10n, largest = 10): fc.Arbitrary<Sample> {
  return fc.integer({ min: 1, max: 7 }).chain((projects) =>
    fc
      .record({
        costs: fc.array(fc.integer({ min: 0, max: 12 }), {
          minLength: projects,
          maxLength: projects,
        }),
        budget: fc.integer({ min: 0, max: 40 }),
        scale: fc.constantFrom(1, 7, largest),
        ballots: fc.array(
          fc.uniqueArray(
            fc.record({
              c: fc.integer({ min: 0, max: projects - 1 }),
              points: fc.integer({ min: 0, max: 4 }),
            }),
            { selector: ({ c }) => c, maxLength: projects },
          ),
          { minLength: 1, maxLength: 9 },
        ),
      })
      .map(({ costs, budget, scale, ballots }) => {
        const ids = costs.map((_, c) => `p${(c * 5 + 3) % 11}`);
        const input = {
          kind,
          projects: costs.map((cost, c) => ({ id: at(ids, c), cost: cost * scale })),
          budget: budget * scale,
          unitsPerCurrency: Number(unit),
          ballots: ballots.map((ballot) => ({
            choices: ballot.map(({ c }) => at(ids, c)),
            points: ballot.map(({ points }) => points),
          })),
        };
        const weights = ballots.map((ballot) =>
          costs.map((_, c) => {
            const place = ballot.findIndex((entry) => entry.c === c);
            if (place === -1) return 0n;
            if (kind === 'approval') return 1n;
            return BigInt(kind === 'ranking' ? ballot.length - place : at(ballot, place).points);
          }),
        );
        return {
          election: buildElection(input),
          ballots: input.ballots,
          input,
          naive: {
            ids,
            costs: costs.map((cost) => BigInt(cost * scale)),
            budget: BigInt(budget * scale),
            unit,
            weights,
          },
        };
      }),
  );
}
