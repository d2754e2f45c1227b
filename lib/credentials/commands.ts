import { createHash } from 'node:crypto';
import { and, eq, isNull } from 'drizzle-orm';
import type { Registry, RegistryDatabase } from '@/db/registry/client';
import { credential } from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import { ok, refuse, type Refusal, type Result } from '@/lib/shared/result';
import { hasPlentyOfRoom, roomAtIssuer } from './issuer-room';
import { channelTaken, eligibleGroup, takeRight } from './right';
import { isSignable } from './rules';
import {
  RSA_BYTES,
  type BlindSigner,
  type IssuedCredential,
  type IssueRefusal,
  type SignRefusal,
} from './types';

export interface IssueInput {
  readonly roundId: string;
  readonly residentId: string;
  readonly blinded: Uint8Array;
  /** Where the resident was verified; a phone unless the desk says otherwise. */
  readonly channel?: 'phone' | 'desk';
}

/**
 * Issues the right to one anonymous ballot: reserve the row, sign, store the signature. Each step
 * may be cut and the whole be sent again: the primary key decides who was first, and the same
 * blinded value always gets the same signature. There is no transaction around the signer, so a
 * slow issuer holds no connection; what a crash leaves behind is a reservation that a retry fills.
 */
export async function issueCredential(
  db: RegistryDatabase,
  signer: BlindSigner,
  input: IssueInput,
): Promise<Result<IssuedCredential, IssueRefusal>> {
  if (input.blinded.length !== RSA_BYTES) return refuse('malformed');
  const blindedHash = createHash('sha256').update(input.blinded).digest();

  const held = await heldCredential(db, input);
  if (held === undefined) {
    const reserved = await reserve(db, input, blindedHash);
    if (!reserved.ok) return reserved;
  }
  const row = held ?? (await heldCredential(db, input));
  if (row?.blindedHash?.equals(blindedHash) !== true) {
    return refuse('already-issued');
  }
  if (row.blindSignature !== null) {
    return ok({ groupId: row.groupId, signature: row.blindSignature });
  }

  const answer = await signer.sign({
    round: input.roundId,
    group: row.groupId,
    blinded: input.blinded,
  });
  if (!answer.ok) return refuseSigning(answer.reason);
  await db
    .update(credential)
    .set({ blindSignature: Buffer.from(answer.signature) })
    .where(
      and(
        eq(credential.roundId, input.roundId),
        eq(credential.residentId, input.residentId),
        eq(credential.blindedHash, blindedHash),
        isNull(credential.blindSignature),
      ),
    );
  return ok({ groupId: row.groupId, signature: answer.signature });
}

async function heldCredential(db: Registry, of: { roundId: string; residentId: string }) {
  const [row] = await db
    .select({
      groupId: credential.groupId,
      blindedHash: credential.blindedHash,
      blindSignature: credential.blindSignature,
    })
    .from(credential)
    .where(and(eq(credential.roundId, of.roundId), eq(credential.residentId, of.residentId)))
    .limit(1);
  return row;
}

/** Takes the resident's one row, or leaves it to whoever was first; the round must be open. */
async function reserve(
  db: RegistryDatabase,
  input: IssueInput,
  blindedHash: Buffer,
): Promise<Result<null, IssueRefusal>> {
  const group = await eligibleGroup(db, input);
  if (!group.ok) return group;
  if (!isSignable(group.value.key, input.blinded)) return refuse('malformed');
  const { roundId, residentId, channel = 'phone' } = input;
  const { id: groupId, eligible } = group.value;
  const right = { roundId, residentId, groupId, channel, blindedHash };
  const at = { round: roundId, group: groupId, eligible };
  if (await hasPlentyOfRoom(db, at)) {
    await takeRight(db, right);
    return ok(null);
  }
  return inTransaction(db, async (tx) => {
    // Asked before: a right that was taken is never given back, and without a signature it would be
    // neither a ballot nor a paper.
    const room = await roomAtIssuer(tx, at);
    if (room <= 0 && (await channelTaken(tx, input)) === null) return refuse('quota-reached');
    await takeRight(tx, right);
    return ok(null);
  });
}

function refuseSigning(reason: SignRefusal): Refusal<IssueRefusal> {
  switch (reason) {
    case 'malformed':
    case 'quota-reached':
    case 'unavailable':
      return refuse(reason);
    case 'unknown-round':
    case 'unknown-group':
      return refuse('round-not-open');
  }
}
