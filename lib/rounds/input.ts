import { z } from 'zod';
import { VERIFICATION_CHANNELS } from '@/db/registry/schema/round';
import { roundId } from '@/lib/shared/input';
import { MOST_PICKS } from './contests';
import { FUNDING_PRESETS, isGreedy, RANKING_PRESETS } from './presets';

const name = z.string().trim().min(3, 'too-short').max(80, 'too-long');

const MOST_VOTES = 1_000_000;

/** An envelope on the ballot and the rule that spends it. */
const allocation = z
  .strictObject({
    envelopeId: z.string().min(1),
    rule: z.enum(FUNDING_PRESETS),
    /** Fewest votes to take part, inclusive: with `greedy-threshold` and no other rule. */
    threshold: z.number().int('malformed').min(1, 'malformed').max(MOST_VOTES).exactOptional(),
    /** The most proposals that a ballot may mark; ten unless it says otherwise. */
    maxPicks: z
      .number()
      .int('malformed')
      .min(1, 'malformed')
      .max(MOST_PICKS, 'malformed')
      .exactOptional(),
    /** Of the envelope, the most that one dimension may get: with the greedy rules only. */
    ceilingPercent: z
      .number()
      .int('malformed')
      .min(1, 'malformed')
      .max(99, 'malformed')
      .exactOptional(),
  })
  .refine((one) => (one.rule === 'greedy-threshold') === (one.threshold !== undefined), {
    path: ['threshold'],
    message: 'malformed',
  })
  .refine((one) => one.ceilingPercent === undefined || isGreedy(one.rule), {
    path: ['ceilingPercent'],
    message: 'malformed',
  });

/** A round that is being prepared. The moments are already moments: forms use `limaMoment`. */
export const draftInput = z
  .strictObject({
    id: roundId,
    cycleId: z.string().min(1),
    /** Short enough to be typed from the wall of a hall. */
    screenCode: z.string().regex(/^[A-Z0-9]{3,8}$/, 'malformed'),
    nameEs: name,
    nameEn: name,
    opensAt: z.date(),
    closesAt: z.date(),
    livePolicy: z.enum(['at-close', 'live']),
    minGroup: z.number().int().min(1).max(1000),
    /** Whether residents rank the plan's rows. */
    ranksPlan: z.boolean(),
    /** How the ranking is counted; Borda unless it says otherwise. */
    rankingRule: z.enum(RANKING_PRESETS).exactOptional(),
    allocates: z.array(allocation),
    /** How voters show who they are; a code to the phone and the desk unless it says otherwise. */
    channels: z.array(z.enum(VERIFICATION_CHANNELS)).min(1, 'malformed').exactOptional(),
  })
  .refine((draft) => draft.closesAt > draft.opensAt, {
    path: ['closesAt'],
    message: 'before-opening',
  });

export type DraftInput = z.infer<typeof draftInput>;
