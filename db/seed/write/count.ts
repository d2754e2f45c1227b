import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { linesOf } from '@/db/ballot-box/ballots';
import { priorityProposal, result, round } from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import type { Actor } from '@/lib/auth/actor';
import { lineText } from '@/lib/ballots/body';
import { nodeBallotCrypto } from '@/lib/ballots/node-crypto';
import { issuedByGroup } from '@/lib/credentials/queries';
import { publishResults } from '@/lib/priorities/publish';
import { recordRoot, verifyBallotLines } from '@/lib/record/ballots';
import { storeTally } from '@/lib/results/commands';
import { beginTally, recordTallied } from '@/lib/rounds/commands/advance-round';
import { frozenManifest, roundById } from '@/lib/rounds/queries';
import { present } from '@/lib/shared/assert';
import { utf8 } from '@/lib/shared/bytes';
import type { SeedCycle } from '../cycles';
import { decideAsCouncil, demoActor } from './council';
import type { RoundSeeding } from './round';

const WORKER: Actor = { kind: 'worker' };
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Verifies and counts the closed round as the worker does, from the very lines the box publishes,
 * publishes it as the administrator, and lets the council decide. Each step once.
 */
export async function countPublishAndDecide(context: RoundSeeding, seed: SeedCycle): Promise<void> {
  const { registry: db } = context;
  const { id, closesAt } = seed.round;
  if ((await stateOf(context, id)) === 'closed') await beginTally(db, WORKER, id);
  if ((await stateOf(context, id)) === 'tallying') await count(context, id, closesAt);
  if ((await stateOf(context, id)) === 'tallied') {
    const published = await publishResults(db, demoActor('administrator'), { roundId: id });
    if (!published.ok) throw new Error(`The demonstration could not publish: ${published.reason}`);
  }
  // It was published the day after it closed, not today.
  const publishedAt = new Date(closesAt.getTime() + DAY_MS);
  await db.update(round).set({ publishedAt }).where(eq(round.id, id));
  await db.update(result).set({ publishedAt }).where(eq(result.roundId, id));
  const [proposed] = await db
    .select({ id: priorityProposal.id })
    .from(priorityProposal)
    .where(eq(priorityProposal.roundId, id));
  await decideAsCouncil(db, present(proposed, `priorities of ${id}`).id);
}

async function stateOf({ registry }: RoundSeeding, id: string): Promise<string> {
  return present(await roundById(registry, id), `round ${id}`).state;
}

async function count(
  { registry: db, ballotBox }: RoundSeeding,
  id: string,
  now: Date,
): Promise<void> {
  const [kept] = await db
    .select({ text: round.manifest, hash: round.manifestHash, lotSeed: round.lotSeed })
    .from(round)
    .where(eq(round.id, id));
  const text = present(kept?.text, 'manifest text');
  const hash = present(kept?.hash, 'manifest hash');
  const manifest = await frozenManifest(db, id, hash);
  const lines: string[] = [];
  for await (const portion of linesOf(ballotBox, id)) lines.push(...portion.map(lineText));
  const verified = verifyBallotLines({ manifest, hash }, lines, nodeBallotCrypto);
  if (!verified.ok) {
    throw new Error(`Seeded ballots do not verify: ${JSON.stringify(verified.problems[0])}`);
  }
  const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();
  const root = recordRoot(utf8(text), verified.leaves, sha256);
  const issued = await issuedByGroup(db, id);
  const told = await inTransaction(db, async (tx) => {
    const stored = await storeTally(tx, {
      roundId: id,
      manifest,
      manifestHash: hash,
      ballots: verified.effective,
      recordRoot: Buffer.from(root).toString('base64'),
      lotSeed: present(kept?.lotSeed, 'lot seed'),
      issuedByGroup: issued,
      now,
    });
    return recordTallied(tx, WORKER, {
      roundId: id,
      version: stored.version,
      inputHash: stored.inputHash,
      ballots: verified.effective.length,
    });
  });
  if (!told.ok) throw new Error(`The demonstration could not count: ${told.reason}`);
}
