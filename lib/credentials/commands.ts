import { createHash } from 'node:crypto';
import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import type { Registry, RegistryDatabase } from '@/db/registry/client';
import { credential, rollEntry, round } from '@/db/registry/schema';
import { groupOfDistrict } from '@/lib/rounds/rules';
import { frozenManifest } from '@/lib/rounds/queries';
import { ok, refuse, type Refusal, type Result } from '@/lib/shared/result';
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
  if (row?.channel !== 'phone' || !row.blindedHash.equals(blindedHash)) {
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
      channel: credential.channel,
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
  const [eligible] = await db
    .select({ districtCode: rollEntry.districtCode, manifestHash: round.manifestHash })
    .from(round)
    .leftJoin(
      rollEntry,
      and(eq(rollEntry.roundId, round.id), eq(rollEntry.residentId, input.residentId)),
    )
    .where(
      and(eq(round.id, input.roundId), eq(round.state, 'open'), gt(round.closesAt, sql`now()`)),
    );
  if (eligible?.manifestHash == null) return refuse('round-not-open');
  if (eligible.districtCode === null) return refuse('not-on-roll');
  const manifest = await frozenManifest(db, input.roundId, eligible.manifestHash);
  const group = groupOfDistrict(manifest.groups, eligible.districtCode);
  if (group === undefined) return refuse('not-on-roll');
  if (!isSignable(group.key, input.blinded)) return refuse('malformed');
  await db
    .insert(credential)
    .values({
      roundId: input.roundId,
      residentId: input.residentId,
      groupId: group.id,
      channel: 'phone',
      blindedHash,
      // The day in Lima and no time: a time would help to link a ballot to its voter.
      issuedOn: sql`(now() at time zone 'America/Lima')::date`,
    })
    .onConflictDoNothing();
  return ok(null);
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
