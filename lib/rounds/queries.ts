import 'server-only';
import { and, desc, eq, gt, sql } from 'drizzle-orm';
import type { Registry } from '@/db/registry/client';
import { round } from '@/db/registry/schema';
import { parseManifest, type Manifest } from './manifest';
import type { RoundDetail, RoundSummary } from './types';

const summary = {
  id: round.id,
  cycleId: round.cycleId,
  screenCode: round.screenCode,
  nameEs: round.nameEs,
  nameEn: round.nameEn,
  state: round.state,
  opensAt: round.opensAt,
  closesAt: round.closesAt,
  livePolicy: round.livePolicy,
  jobNote: round.jobNote,
  jobProgress: round.jobProgress,
};

/** All rounds, the newest voting period first. */
export async function listRounds(db: Registry, cycleId?: string): Promise<RoundSummary[]> {
  return db
    .select(summary)
    .from(round)
    .where(cycleId === undefined ? undefined : eq(round.cycleId, cycleId))
    .orderBy(desc(round.opensAt), round.id);
}

/** Rounds a resident can activate a vote for now. */
export async function openRounds(db: Registry): Promise<RoundSummary[]> {
  return db
    .select(summary)
    .from(round)
    .where(and(eq(round.state, 'open'), gt(round.closesAt, sql`now()`)))
    .orderBy(round.closesAt, round.id);
}

export async function roundById(db: Registry, id: string): Promise<RoundDetail | null> {
  const [row] = await db
    .select({
      ...summary,
      minGroup: round.minGroup,
      manifestHash: round.manifestHash,
      createdAt: round.createdAt,
      closedAt: round.closedAt,
      publishedAt: round.publishedAt,
    })
    .from(round)
    .where(eq(round.id, id));
  return row ?? null;
}

/** What the assembly screen with this code shows. The code is typed by hand: case does not matter. */
export async function roundByScreenCode(db: Registry, code: string): Promise<RoundDetail | null> {
  const [row] = await db
    .select({ id: round.id })
    .from(round)
    .where(eq(round.screenCode, code.toUpperCase()));
  return row ? roundById(db, row.id) : null;
}

const parsed = new Map<string, Manifest>();
const KEPT_MANIFESTS = 8;

/** The manifest of an opened round. It never changes, so each process parses it once. */
export async function frozenManifest(
  db: Registry,
  roundId: string,
  manifestHash: string,
): Promise<Manifest> {
  const key = `${roundId}|${manifestHash}`;
  const known = parsed.get(key);
  if (known !== undefined) return known;
  const [row] = await db
    .select({ manifest: round.manifest })
    .from(round)
    .where(and(eq(round.id, roundId), eq(round.manifestHash, manifestHash)));
  const manifest = parseManifest(row?.manifest ?? '');
  if (!manifest.ok) throw new Error(`The manifest of ${roundId} cannot be read`);
  if (parsed.size >= KEPT_MANIFESTS) parsed.clear();
  parsed.set(key, manifest.value);
  return manifest.value;
}
