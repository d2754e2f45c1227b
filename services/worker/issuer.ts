import { createHash } from 'node:crypto';
import { and, eq, gt, sql } from 'drizzle-orm';
import type { RegistryDatabase } from '@/db/registry/client';
import { issuerLog, round } from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import { signaturesOut } from '@/lib/credentials/issuer-room';
import { RSA_BYTES, type SignAnswer, type SignRequest } from '@/lib/credentials/types';
import { frozenManifest } from '@/lib/rounds/queries';
import { ok, refuse, type Result } from '@/lib/shared/result';
import { readIssuerKey, type KeyPair } from './keys';
import { blindSign } from './sign';

/**
 * The only code that uses the RSA keys. It does not trust the web process that asks: it signs for
 * open rounds only, and never has more blinded values of a group out than the manifest has eligible
 * people.
 */
export function createIssuer(
  db: RegistryDatabase,
  keysFolder: string,
): { sign: (request: SignRequest) => Promise<SignAnswer> } {
  const keys = new Map<string, KeyPair>();

  async function keyOf(request: SignRequest): Promise<KeyPair | null> {
    const name = `${request.round}/${request.group}`;
    const known = keys.get(name) ?? (await readIssuerKey(keysFolder, request.round, request.group));
    if (known !== null) keys.set(name, known);
    return known;
  }

  return {
    async sign(request) {
      if (request.blinded.length !== RSA_BYTES) return refuse('malformed');
      const key = await keyOf(request);
      if (key === null) return refuse('unknown-round');
      // Signed before it is counted, so that garbage uses up nobody's place; handed out after.
      const signature = blindSign(key.privateKey, request.blinded);
      if (signature === null) return refuse('malformed');
      const counted = await countSignature(db, request, key.publicKey);
      return counted.ok ? { ok: true, signature } : counted;
    },
  };
}

type CountRefusal = 'unknown-round' | 'unknown-group' | 'quota-reached';

/** Notes the blinded value under the group's count; the same value again counts once. */
async function countSignature(
  db: RegistryDatabase,
  request: SignRequest,
  publicKey: string,
): Promise<Result<null, CountRefusal>> {
  const blindedHash = createHash('sha256').update(request.blinded).digest();
  return inTransaction(db, async (tx) => {
    const [open] = await tx
      .select({ manifestHash: round.manifestHash })
      .from(round)
      .where(
        and(eq(round.id, request.round), eq(round.state, 'open'), gt(round.closesAt, sql`now()`)),
      );
    if (open?.manifestHash == null) return refuse('unknown-round');
    const manifest = await frozenManifest(tx, request.round, open.manifestHash);
    const group = manifest.groups.find((one) => one.id === request.group);
    if (group?.key !== publicKey) return refuse('unknown-group');

    // One count at a time per group: two at the limit would otherwise both see room for one.
    const lock = `minka/issuer/${request.round}/${request.group}`;
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`);
    const same = await tx.$count(
      issuerLog,
      and(
        eq(issuerLog.roundId, request.round),
        eq(issuerLog.groupId, request.group),
        eq(issuerLog.blindedHash, blindedHash),
      ),
    );
    if (same > 0) return ok(null);
    if ((await signaturesOut(tx, request)) >= group.eligible) return refuse('quota-reached');
    await tx
      .insert(issuerLog)
      .values({ roundId: request.round, groupId: request.group, blindedHash });
    return ok(null);
  });
}
