import { DIMENSION_IDS } from '@/lib/plan/types';
import { z } from 'zod';
import type { FundingResult, RankingResult } from '@/lib/tally/types';

/**
 * The result of a round: one immutable document that pages, exports and the resource priorities
 * read, always through the gate (`gate.ts`). It is stored raw, with every group's own figures.
 */

const count = z.number().int().nonnegative();
const cents = z.number().int().nonnegative();
const text = z.strictObject({ es: z.string(), en: z.string() });
const dimension = z.enum(DIMENSION_IDS);
const perDimension = z.strictObject({ SOC: count, ECO: count, AMB: count, INS: count });

function isKind(value: unknown, kind: string): boolean {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === kind;
}
// Written by lib/tally and stored as it came: only its kind is asked again.
const ranking = z.custom<RankingResult>((value) => isKind(value, 'ranking'));
const funding = z.custom<FundingResult>((value) => isKind(value, 'funding'));

const rankOutcome = z.strictObject({
  id: z.string(),
  kind: z.literal('rank'),
  title: text,
  groups: z.literal('all'),
  /** Ballots entitled to this contest, and those that left it blank. */
  voters: count,
  blank: count,
  rows: z.array(z.strictObject({ id: z.string(), title: text, label: text, dimension })),
  result: ranking,
});

const allocateOutcome = z.strictObject({
  id: z.string(),
  kind: z.literal('allocate'),
  title: text,
  groups: z.union([z.literal('all'), z.array(z.string())]),
  voters: count,
  blank: count,
  envelopeCents: cents,
  proposals: z.array(
    z.strictObject({ id: z.string(), title: text, label: text, costCents: cents, dimension }),
  ),
  result: funding,
});

const group = z.strictObject({
  id: z.string(),
  name: z.string(),
  districts: z.array(z.string()),
  eligible: count,
  /** Credentials issued: activated votes, cast or not. */
  issued: count,
  /** Ballots that count. */
  ballots: count,
});

const voice = z.strictObject({
  group: z.string(),
  /** Ranking points per dimension, and the ballots that ranked something. */
  ranked: z.strictObject({ ballots: count, votes: perDimension }),
  /** Céntimos assigned per dimension, and the ballots that assigned something. */
  assigned: z.strictObject({ ballots: count, votes: perDimension }),
});

export const resultDocument = z.strictObject({
  v: z.literal(1),
  round: z.string(),
  cycle: z.string(),
  fiscalYear: z.number().int(),
  municipality: z.string(),
  title: text,
  demo: z.boolean(),
  voteEffect: z.enum(['consultivo', 'criterio', 'vinculante']),
  opensAt: z.string(),
  closesAt: z.string(),
  minGroup: count,
  engine: z.string(),
  /** Revealed here; the manifest carries its SHA-256. */
  lotSeed: z.string(),
  manifestHash: z.string(),
  recordRoot: z.string(),
  /** SHA-256 over the manifest's hash and the counted leaves, hexadecimal. */
  inputHash: z.string(),
  ballots: count,
  groups: z.array(group),
  contests: z.array(z.discriminatedUnion('kind', [rankOutcome, allocateOutcome])),
  voices: z.array(voice),
  /** Céntimos of the funded proposals, and of all proposals on the ballot. */
  spent: perDimension,
  asked: perDimension,
});

export type ResultDocument = z.infer<typeof resultDocument>;
export type ContestOutcome = ResultDocument['contests'][number];
export type RankOutcome = Extract<ContestOutcome, { kind: 'rank' }>;
export type AllocateOutcome = Extract<ContestOutcome, { kind: 'allocate' }>;
export type GroupVoices = ResultDocument['voices'][number];
export type VoteEffect = ResultDocument['voteEffect'];
