import type { AnnouncedTally } from '@/lib/record/format';
import type { ResultDocument } from './document';

/**
 * The count as it is announced in the public record (`tally.json`): what anybody who recounts the
 * ballots must find again. `JSON.stringify` of it is the exact text of the file.
 */
export function announcedTallyOf(document: ResultDocument): AnnouncedTally {
  return {
    v: 1,
    round: document.round,
    manifestHash: document.manifestHash,
    root: document.recordRoot,
    lotSeed: document.lotSeed,
    engine: document.engine,
    ballots: document.ballots,
    contests: document.contests.map((outcome) => {
      const { id, voters, blank } = outcome;
      return outcome.kind === 'rank'
        ? {
            id,
            kind: 'rank',
            voters,
            blank,
            ranking: outcome.result.ranking.map((place) => ({ id: place.id, score: place.score })),
            ties: [...outcome.result.ties],
          }
        : {
            id,
            kind: 'allocate',
            voters,
            blank,
            winners: [...outcome.result.winners],
            costCents: outcome.result.cost,
            ties: [...outcome.result.ties],
          };
    }),
  };
}
