import { and, asc, desc, eq, gt, isNull, like, ne, or, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Registry, RegistryDatabase } from '@/db/registry/client';
import { auditCheck, auditEntry, roundNote } from '@/db/registry/schema';
import { auditHash } from './commands';

/** What a check of the chain finds first. Whoever holds the database may do it; none stays unseen. */
export interface ChainProblem {
  readonly kind:
    /** The words are not those that were hashed, or the row was never in the chain. */
    | 'altered'
    /** No row with this number. */
    | 'missing'
    /** The row that belongs here stands under another number. */
    | 'reordered'
    /** The chain holds by itself, but is not the one whose head was published: rewritten whole. */
    | 'rewritten';
  readonly seq: number;
}

export interface ChainState {
  /** Entries from the first one on that hold together. */
  readonly entries: number;
  /** Hash of the last of them. */
  readonly head: Buffer;
  readonly problem: ChainProblem | null;
}

/** A head that was told to somebody: in a public record, or to the last check. */
export interface ChainHead {
  readonly seq: number;
  /** Hex SHA-256. */
  readonly hash: string;
}

const GENESIS: Buffer = Buffer.alloc(32);
const ENTRIES_AT_ONCE = 2000;

/**
 * Hashes the whole chain again and names the first entry that was altered, is missing or stands
 * elsewhere. Cutting its end off or rewriting it whole leaves a chain that holds: the `heads` told
 * before give that away.
 */
export async function checkChain(
  db: Registry,
  heads: readonly ChainHead[] = [],
): Promise<ChainState> {
  const told = new Map(heads.filter((head) => head.seq > 0).map((head) => [head.seq, head.hash]));
  let state: ChainState = { entries: 0, head: GENESIS, problem: null };
  for (;;) {
    const portion = await db
      .select()
      .from(auditEntry)
      .where(gt(auditEntry.seq, state.entries))
      .orderBy(asc(auditEntry.seq))
      .limit(ENTRIES_AT_ONCE);
    for (const entry of portion) {
      const seq = state.entries + 1;
      const kind = await faultOf(db, entry, seq, state.head);
      if (kind !== null) return { ...state, problem: { kind, seq } };
      if (told.get(seq) !== undefined && told.get(seq) !== entry.hash.toString('hex')) {
        return { ...state, problem: { kind: 'rewritten', seq } };
      }
      state = { entries: seq, head: entry.hash, problem: null };
    }
    if (portion.length < ENTRIES_AT_ONCE) break;
  }
  const last = Math.max(0, ...told.keys());
  if (last > state.entries) {
    return { ...state, problem: { kind: 'missing', seq: state.entries + 1 } };
  }
  return state;
}

async function faultOf(
  db: Registry,
  entry: typeof auditEntry.$inferSelect,
  seq: number,
  previous: Buffer,
): Promise<ChainProblem['kind'] | null> {
  const holds =
    entry.seq === seq &&
    entry.previousHash.equals(previous) &&
    auditHash(previous, entry).equals(entry.hash);
  if (holds) return null;
  const [elsewhere] = await db
    .select()
    .from(auditEntry)
    .where(and(eq(auditEntry.previousHash, previous), ne(auditEntry.seq, seq)))
    .orderBy(asc(auditEntry.seq))
    .limit(1);
  if (
    elsewhere !== undefined &&
    auditHash(previous, { ...elsewhere, seq }).equals(elsewhere.hash)
  ) {
    return 'reordered';
  }
  return entry.seq === seq ? 'altered' : 'missing';
}

const noteShape = z.object({ seq: z.number().int(), hash: z.string() });

/** Every head this registry has told: in public records, and by its own checks that held. */
export async function toldHeads(db: Registry): Promise<ChainHead[]> {
  const notes = await db
    .select({ text: roundNote.text })
    .from(roundNote)
    .where(or(like(roundNote.id, 'audit-head:%'), eq(roundNote.id, 'seal.audit-head')));
  const checks = await db
    .select({ seq: auditCheck.entries, hash: auditCheck.headHash })
    .from(auditCheck)
    .where(isNull(auditCheck.problem));
  return [
    ...notes.map(({ text }) => noteShape.parse(JSON.parse(text))),
    ...checks.map(({ seq, hash }) => ({ seq, hash: hash.toString('hex') })),
  ];
}

/** Checks the chain against all heads told and keeps what it found. */
export async function checkAndKeep(db: RegistryDatabase): Promise<ChainState> {
  const state = await checkChain(db, await toldHeads(db));
  await db.insert(auditCheck).values({
    checkedAt: sql`clock_timestamp()`,
    entries: state.entries,
    headHash: state.head,
    problem: state.problem,
  });
  return state;
}

export interface KeptCheck {
  readonly checkedAt: Date;
  readonly entries: number;
  readonly head: Buffer;
  readonly problem: ChainProblem | null;
}

/** What the last check found; null before the first one. */
export async function lastCheck(db: Registry): Promise<KeptCheck | null> {
  const [row] = await db
    .select({
      checkedAt: auditCheck.checkedAt,
      entries: auditCheck.entries,
      head: auditCheck.headHash,
      problem: auditCheck.problem,
    })
    .from(auditCheck)
    .orderBy(desc(auditCheck.checkedAt))
    .limit(1);
  return row === undefined ? null : { ...row, problem: row.problem as ChainProblem | null };
}
