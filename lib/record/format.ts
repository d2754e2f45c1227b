import { z } from 'zod';

/**
 * The public record of a round, file by file (ballot-protocol.md, "Public record"). Whoever writes
 * it (ballot box) and whoever reads it (worker, verifier, witness, phones) go through this file.
 *
 * Leaf 0 is the manifest's exact text; then ballots in shuffled batches and notes, in the order in
 * which they were published; the last leaf of a sealed record is its closing note. Every leaf is
 * SHA-256(0x00 || bytes); a note's bytes are its exact JSON text in UTF-8.
 */

export { BALLOTS_PER_FILE, LEAVES_PER_FILE, RECORD_FILES } from './files';

const id = z.string().min(1).max(64);
const count = z.number().int().nonnegative();
const hex32 = z.string().regex(/^[0-9a-f]{64}$/);
const byGroup = z.record(id, count);
const instant = z.iso.datetime({ offset: false });

export const recordIndex = z.strictObject({
  v: z.literal(1),
  round: id,
  /** `closed`: nobody votes any more, paper is still being keyed. `sealed`: nothing is added any more. */
  state: z.enum(['open', 'closed', 'sealed']),
  size: count,
  /** Sizes, ascending. Each but the first ends a batch. */
  checkpoints: z.array(count),
  live: z.array(count),
  leafFiles: count,
  /** 0 before the seal. */
  ballotFiles: count,
  hasTally: z.boolean(),
});
export type RecordIndex = z.infer<typeof recordIndex>;

/** Head of the administrative audit chain on a day. */
const auditHead = z.strictObject({
  v: z.literal(1),
  type: z.literal('audit-head'),
  round: id,
  /** YYYY-MM-DD in Lima. */
  day: z.iso.date(),
  seq: count,
  hash: hex32,
});

/**
 * Closing minutes of a paper table, or of a tablet without network: recorded before anything is
 * keyed or synchronised, so that the count cannot be fitted afterwards.
 */
const paperMinutes = z.strictObject({
  v: z.literal(1),
  type: z.literal('paper-minutes'),
  round: id,
  /** Id of the table's minutes, unique in the round. */
  minutes: id,
  /** District group whose ballots are in this urn. */
  group: id,
  place: z.string().min(1).max(200),
  checkIns: count,
  ballots: count,
  spoiled: count,
  unused: count,
  /** Of the photo of the signed sheet. */
  photoSha256: hex32,
});

/** Ballots keyed from paper by two officers blind to each other. Sealed until the end. */
const paperBallots = z.strictObject({
  v: z.literal(1),
  type: z.literal('paper-ballots'),
  round: id,
  minutes: id,
  /** Pseudonyms of the two who keyed, and of the third where they differed. */
  keyedBy: z.tuple([id, id]),
  arbitratedBy: id.nullable(),
  /** Valid ballots, sorted by their JSON text: the order of the pile is not kept. */
  ballots: z.array(z.strictObject({ group: id, choices: z.record(id, z.array(id)) })),
});

/** Closing minutes of a tablet that worked without network: what was checked in and cast on it. */
const tabletMinutes = z.strictObject({
  v: z.literal(1),
  type: z.literal('tablet-minutes'),
  round: id,
  minutes: id,
  place: z.string().min(1).max(200),
  vouchers: count,
  checkIns: count,
  ballots: count,
  /** Over the tablet's ballots, before anything is synchronised. */
  headSha256: hex32,
});

/** Rights given out per group and way, at the end. */
const issuance = z.strictObject({
  v: z.literal(1),
  type: z.literal('issuance'),
  round: id,
  phone: byGroup,
  desk: byGroup,
  tablet: byGroup,
  paper: byGroup,
});

/** The last leaf of a sealed record. */
const closing = z.strictObject({
  v: z.literal(1),
  type: z.literal('closing'),
  round: id,
  closedAt: instant,
  reason: z.string().max(500),
  /** Electronic ballot lines, replaced ones included. */
  lines: count,
  /** Voters behind those lines. */
  voters: count,
});

export const recordNote = z.discriminatedUnion('type', [
  auditHead,
  paperMinutes,
  paperBallots,
  tabletMinutes,
  issuance,
  closing,
]);
export type RecordNote = z.infer<typeof recordNote>;
export type NoteOf<Type extends RecordNote['type']> = Extract<RecordNote, { type: Type }>;

/** Notes whose text would say what somebody chose: only their leaf is public before the seal. */
export const SEALED_NOTES: readonly RecordNote['type'][] = ['paper-ballots'];

/** One row of a live bar: option, votes, and whether it would be funded. */
const liveBar = z.strictObject({ id, votes: z.number(), funded: z.boolean() });

/** Figures that were shown while the round was open, bound to the leaves they were computed from. */
export const liveFile = z.strictObject({
  v: z.literal(1),
  round: id,
  size: count,
  /** Voters in the first `size` leaves. */
  voters: count,
  contests: z.record(id, z.strictObject({ voters: count, bars: z.array(liveBar) })),
});
export type LiveFile = z.infer<typeof liveFile>;

/** The announced count: what V10 recounts. Money as decimal strings of céntimos. */
export const announcedTally = z.strictObject({
  v: z.literal(1),
  round: id,
  manifestHash: z.string(),
  /** Base64 root of the closing checkpoint. */
  root: z.string(),
  /** The seed whose SHA-256 the manifest carries. */
  lotSeed: z.string(),
  engine: z.string(),
  /** Ballots counted, paper included. */
  ballots: count,
  contests: z.array(
    z.discriminatedUnion('kind', [
      z.strictObject({
        id,
        kind: z.literal('rank'),
        voters: count,
        blank: count,
        /** Best first, with the points as the tally writes them. */
        ranking: z.array(z.strictObject({ id, score: z.number() })),
        ties: z.array(z.unknown()),
      }),
      z.strictObject({
        id,
        kind: z.literal('allocate'),
        voters: count,
        blank: count,
        /** In order of purchase. */
        winners: z.array(id),
        costCents: z.string(),
        ties: z.array(z.unknown()),
      }),
    ]),
  ),
});
export type AnnouncedTally = z.infer<typeof announcedTally>;
