import { z } from 'zod';
import { ok, refuse, type Result } from '@/lib/shared/result';
import { MOST_PICKS, optionIds } from './contests';

export { contestsFor, manifestHash } from './contests';

/**
 * What a round is, frozen when it opens: rules, contests, money, proposals, districts, keys.
 * It travels as an exact string; its hash stands in every ballot, on the screen and on posters.
 * Pure: imported by the ballot box, the booth, the worker and the results.
 */

const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/);
/** Begins with a letter: integer-like keys would be reordered in a ballot's JSON. */
const contestId = z.string().regex(/^[a-z][a-z0-9-]{0,63}$/);
const instant = z.iso.datetime({ offset: false });
const base64Url = z.string().regex(/^[A-Za-z0-9_-]+$/);
const cents = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);
const text = z.strictObject({ es: z.string().min(1), en: z.string().min(1) });

const tie = z.union([
  z.enum(['file-order', 'project-id', 'min-cost', 'max-votes']),
  z.templateLiteral(['lot:', z.string()]),
]);
const utility = z.enum(['cost', 'cardinality', 'points', 'points-cost', 'borda']);

const ties = z.array(tie).min(1);
/** A ranking holds at most so many rows, so that a pattern of choices cannot mark a ballot. */
const MOST_RANKED = 5;

const rankingRule = z.strictObject({
  kind: z.literal('borda'),
  slots: z.union([
    z.number().int().positive(),
    z.literal('ballot-length'),
    z.array(z.number().int().nonnegative()).min(1).max(MOST_RANKED),
  ]),
  ties,
});

const fundingRule = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('greedy'),
    utility,
    ties,
    walk: z.enum(['skip', 'no-skip']).exactOptional(),
    threshold: z.number().int().positive().exactOptional(),
    leftover: z.enum(['none', 'next-that-fits', 'partial']).exactOptional(),
    /** The most that the funded proposals of a dimension may cost together, in céntimos. */
    ceilings: z
      .strictObject({ categories: z.record(z.string(), z.string().regex(/^\d{1,15}$/)) })
      .exactOptional(),
    /** Proposals that cannot be done together, by id: the one that comes first is funded. */
    conflicts: z.array(z.array(id).min(2)).exactOptional(),
  }),
  z.strictObject({
    kind: z.literal('equal-shares'),
    utility,
    completion: z.enum(['none', 'greedy', 'add1', 'add1+greedy']),
    add1Start: z.enum(['floor', 'exact']),
    add1Stop: z.enum(['overspend', 'exhaustive']),
    ties,
    compareWithGreedy: z.boolean().exactOptional(),
  }),
  z.strictObject({
    kind: z.literal('phragmen'),
    overshoot: z.enum(['stop', 'skip']).exactOptional(),
    ties,
  }),
  z.strictObject({ kind: z.literal('maximin-support'), ties }),
  z.strictObject({ kind: z.literal('max-welfare'), utility, ties }),
]);

/** A rule as it is stored with a contest: the same shapes as in a manifest. */
export const ruleShape = z.union([rankingRule, fundingRule]);

const rankContest = z.strictObject({
  id: contestId,
  kind: z.literal('rank'),
  title: text,
  /** As many as the rule gives points to. */
  maxRanked: z.number().int().min(1).max(MOST_RANKED),
  groups: z.literal('all'),
  rows: z
    .array(
      z.strictObject({
        id,
        title: text,
        label: text,
        dimension: z.enum(['SOC', 'ECO', 'AMB', 'INS']),
      }),
    )
    .min(1),
  rule: rankingRule,
});

const allocateContest = z.strictObject({
  id: contestId,
  kind: z.literal('allocate'),
  title: text,
  envelopeCents: cents,
  /**
   * The most proposals that a ballot may mark (decision 0031): a long list of picks could be a mark
   * by itself. Rounds opened before that decision have none, and no such limit.
   */
  maxPicks: z.number().int().min(1).max(MOST_PICKS).exactOptional(),
  groups: z.union([z.literal('all'), z.array(id).min(1)]),
  proposals: z
    .array(
      z.strictObject({
        id,
        title: text,
        label: text,
        summary: text,
        costCents: cents,
        dimension: z.string(),
        textHash: z.string().min(1),
      }),
    )
    .min(1),
  rule: fundingRule,
});

const contest = z.discriminatedUnion('kind', [rankContest, allocateContest]);

const group = z.strictObject({
  id,
  name: z.string().min(1),
  districts: z.array(id).min(1),
  eligible: z.number().int().nonnegative(),
  /** Base64url SPKI of the group's RSA-2048 key: tokens of this group verify under it. */
  key: base64Url,
  /** Hex Merkle root over the salted hashes of the group's roll: nobody is added unseen. */
  rollRoot: z.string().regex(/^[0-9a-f]{64}$/),
});

/** An outsider who checks that the record only grows, and signs what it has seen. */
const witness = z.strictObject({
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$/),
  /** Base64url of the 32 bytes of an Ed25519 key. */
  key: base64Url,
});

const shape = z
  .strictObject({
    v: z.literal(1),
    round: id,
    cycle: id,
    fiscalYear: z.number().int(),
    municipality: z.string().min(1),
    title: text,
    opensAt: instant,
    closesAt: instant,
    livePolicy: z.enum(['at-close', 'live']),
    /** k: the fewest ballots behind any published figure. */
    minGroup: z.number().int().min(1),
    groups: z.array(group).min(1),
    contests: z.array(contest).min(1),
    /** Base64url SPKI, Ed25519: the ballot box signs promises and checkpoints with it. */
    recordKey: base64Url,
    /** Base64url SPKI, Ed25519: the worker signs the orders to open and close with it. */
    orderKey: base64Url,
    /** Leaves are published shuffled, in batches of at least so many, at most so often. */
    record: z.strictObject({
      batch: z.number().int().min(1),
      intervalSeconds: z.number().int().min(1),
    }),
    witnesses: z.array(witness),
    /** Hex SHA-256 of the lot seed, which is revealed with the tally. */
    lotSeedCommitment: z.string().regex(/^[0-9a-f]{64}$/),
    engine: z.string().min(1),
    software: z.string().min(1),
    demo: z.boolean(),
  })
  .superRefine((manifest, context) => {
    const complain = (message: string): void => {
      context.addIssue({ code: 'custom', message });
    };
    const groups = manifest.groups.map((each) => each.id);
    if (hasRepeats(groups)) complain('two groups share an id');
    if (hasRepeats(manifest.groups.flatMap((each) => each.districts))) {
      complain('a district stands in two groups');
    }
    if (hasRepeats(manifest.witnesses.map((each) => each.name))) {
      complain('two witnesses share a name');
    }
    if (hasRepeats(manifest.contests.map((each) => each.id))) complain('two contests share an id');
    if (Date.parse(manifest.closesAt) <= Date.parse(manifest.opensAt)) {
      complain('the round closes before it opens');
    }
    for (const each of manifest.contests) {
      const options = optionIds(each);
      if (hasRepeats(options)) complain(`contest ${each.id} repeats an option`);
      if (rivalsOf(each).some((one) => !options.includes(one))) {
        complain(`contest ${each.id} has a conflict with an unknown proposal`);
      }
      if (each.groups !== 'all' && each.groups.some((one) => !groups.includes(one))) {
        complain(`contest ${each.id} names an unknown group`);
      }
    }
  });

function rivalsOf({ rule }: z.infer<typeof contest>): string[] {
  return rule.kind === 'greedy' ? (rule.conflicts ?? []).flat() : [];
}

function hasRepeats(ids: readonly string[]): boolean {
  return new Set(ids).size !== ids.length;
}

export type Manifest = z.infer<typeof shape>;
export type ManifestWitness = z.infer<typeof witness>;
export type ManifestGroup = z.infer<typeof group>;
export type Contest = z.infer<typeof contest>;
export type RankContest = z.infer<typeof rankContest>;
export type AllocateContest = z.infer<typeof allocateContest>;

/** Reads the exact text of a manifest; whatever is not strictly one is refused with the reasons. */
export function parseManifest(
  exactText: string,
): Result<Manifest, 'manifest-invalid'> & { readonly problems?: string[] } {
  let json: unknown;
  try {
    json = JSON.parse(exactText);
  } catch {
    return { ...refuse('manifest-invalid'), problems: ['not JSON'] };
  }
  const parsed = shape.safeParse(json);
  if (parsed.success) return ok(parsed.data);
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  return { ...refuse('manifest-invalid'), problems };
}
