import { createPublicKey, verify } from 'node:crypto';
import { z } from 'zod';
import type { BallotBox } from '@/db/ballot-box/client';
import { checkpointNote } from '@/db/ballot-box/record';
import { addCosignature } from '@/db/ballot-box/record-files';
import { parseCheckpoint } from '@/lib/record/checkpoint';
import { cosignatureClaim, type CosignatureClaim } from '@/lib/record/cosignature';
import { fromBase64Url } from '@/lib/shared/bytes';
import { sha256 } from './record-log';
import type { KnownRound } from './round-book';

/** A signature line of a witness that the manifest names, under one checkpoint. */

export const MAX_COSIGNATURE_BYTES = 2048;

const shape = z.strictObject({
  size: z.number().int().positive().max(2_147_483_647),
  line: z.string().max(400),
});

interface CosignatureAnswer {
  readonly status: 200 | 201 | 403 | 404 | 422;
  readonly body: { readonly reason?: string; readonly size?: number };
}

/** 201 kept, 200 this witness has signed that checkpoint before; else why not. */
export async function takeCosignature(
  text: string,
  round: KnownRound,
  sql: BallotBox,
): Promise<CosignatureAnswer> {
  const parsed = shape.safeParse(json(text));
  if (!parsed.success) return { status: 422, body: { reason: 'malformed' } };
  const { size, line } = parsed.data;
  const note = await checkpointNote(sql, round.id, size);
  const checkpoint = note === null ? null : parseCheckpoint(note);
  if (!checkpoint) return { status: 404, body: { reason: 'unknown-checkpoint' } };
  const claim = cosignatureClaim(checkpoint.text, line, witnessesOf(round), sha256);
  if (!claim) return { status: 403, body: { reason: 'unknown-witness' } };
  if (!holds(claim)) return { status: 403, body: { reason: 'signature-invalid' } };
  const witness = claim.witness.name;
  const outcome = await addCosignature(sql, round.id, { size, witness, line });
  return { status: outcome === 'added' ? 201 : 200, body: { size } };
}

function witnessesOf(round: KnownRound): CosignatureClaim['witness'][] {
  return round.manifest.witnesses.flatMap(({ name, key }) => {
    const raw = fromBase64Url(key);
    return raw?.length === 32 ? [{ name, key: raw }] : [];
  });
}

function holds({ witness, signed, signature }: CosignatureClaim): boolean {
  const x = Buffer.from(witness.key).toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  return verify(null, signed, key, signature);
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
