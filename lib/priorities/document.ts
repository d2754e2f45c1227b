import { createHash } from 'node:crypto';
import { z } from 'zod';

/** Resource priorities proposed from one published result: every input, every sum, and a hash. */

const whole = z.number().int().nonnegative();
const exact = z.string().regex(/^\d+(\/\d+)?$/);
const perDimension = <Value extends z.ZodType>(value: Value) =>
  z.strictObject({ SOC: value, ECO: value, AMB: value, INS: value });

const groupVoice = z.strictObject({
  id: z.string(),
  name: z.string(),
  districts: z.array(z.string()).readonly(),
  population: whole,
  need: whole,
  ballots: whole,
  votes: perDimension(whole),
  populationShare: exact,
  needShare: exact,
  weight: exact,
  share: perDimension(exact).nullable(),
  voice: perDimension(exact),
  fewBallots: z.boolean(),
});

export const priorityDocument = z.strictObject({
  v: z.literal(1),
  round: z.string(),
  cycle: z.string(),
  nextCycle: z.string(),
  resultVersion: whole,
  resultInputHash: z.string(),
  /** What was measured: points of the ranking, or soles assigned where nothing was ranked. */
  measure: z.enum(['ranking-points', 'cents-assigned']),
  rule: z.strictObject({
    populationShareBp: whole,
    fewBallots: whole,
    alphaBp: whole,
    floorBp: whole,
    capBp: whole,
  }),
  /** The district figures that were used, each with its year. */
  districts: z.array(
    z.strictObject({
      code: z.string(),
      name: z.string(),
      population: whole,
      populationYear: whole,
      povertyTenths: whole,
      povertyYear: whole,
    }),
  ),
  voice: z.strictObject({
    groups: z.array(groupVoice).readonly(),
    province: z.strictObject({
      ballots: whole,
      votes: perDimension(whole),
      share: perDimension(exact),
    }),
    voice: perDimension(exact),
  }),
  weights: z.strictObject({
    current: perDimension(whole),
    blended: perDimension(exact),
    held: perDimension(z.enum(['floor', 'cap']).nullable()),
    factor: exact.nullable(),
    exact: perDimension(exact),
    weightsBp: perDimension(whole),
  }),
  /** Céntimos assigned per dimension on all ballots, to compare; null when nothing was assigned. */
  assignedCents: perDimension(whole).nullable(),
});

export type PriorityDocument = z.infer<typeof priorityDocument>;

/** Hexadecimal SHA-256 of the document as JSON with keys in ascending order at every depth. */
export function priorityDocumentHash(document: PriorityDocument): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(document)))
    .digest('hex');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
