import { createHash } from 'node:crypto';
import { and, asc, eq, gt, isNull, sql } from 'drizzle-orm';
import type { RegistryDatabase } from '@/db/registry/client';
import { round, tablet, tabletResident, tabletVoucher } from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import { recordAudit } from '@/lib/audit/commands';
import { auditActor, type Actor } from '@/lib/auth/actor';
import type { BlindSigner } from '@/lib/credentials/types';
import { frozenManifest } from '@/lib/rounds/queries';
import { toBase64Url } from '@/lib/shared/bytes';
import { ok, refuse, type Result } from '@/lib/shared/result';
import { mayHandleTablets } from '../policy';
import { isExactly, vouchersNeeded } from '../rules';
import { LIST_ITERATIONS, type LoadRefusal, type TabletLoad } from '../types';
import { isSignable } from '@/lib/credentials/rules';

export interface LoadInput {
  readonly tabletId: string;
  /** 32 bytes that only this device knows. */
  readonly device: Uint8Array;
  readonly blinded: readonly { readonly group: string; readonly value: Uint8Array }[];
  readonly boxUrl: string;
}

const hashOf = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

/**
 * Gives one device its list and its vouchers: one blind signature per reserved resident, so that
 * exactly as many ballots can come from it. The same device may ask again after a cut, with the same
 * blinded values; another device never.
 */
export async function loadTablet(
  db: RegistryDatabase,
  signer: BlindSigner,
  actor: Actor,
  input: LoadInput,
): Promise<Result<TabletLoad, LoadRefusal>> {
  if (!mayHandleTablets(actor)) return refuse('not-allowed');
  const taken = await takeTablet(db, actor, input);
  if (!taken.ok) return taken;
  const { roundId } = taken.value;
  const signatures: string[] = [];
  for (const { group, value } of input.blinded) {
    const signature = await signOnce(db, signer, {
      roundId,
      tabletId: input.tabletId,
      group,
      value,
    });
    if (!signature.ok) return signature;
    signatures.push(toBase64Url(signature.value));
  }
  const list = await db
    .select({ hash: tabletResident.listHash, group: tabletResident.groupId })
    .from(tabletResident)
    .where(eq(tabletResident.tabletId, input.tabletId))
    .orderBy(asc(tabletResident.listIndex));
  return ok({
    tablet: input.tabletId,
    place: taken.value.place,
    round: roundId,
    manifest: taken.value.manifest,
    manifestHash: taken.value.manifestHash,
    boxUrl: input.boxUrl,
    salt: toBase64Url(taken.value.listSalt),
    iterations: LIST_ITERATIONS,
    list: list.map(({ hash, group }) => ({ hash: toBase64Url(hash), group })),
    signatures,
  });
}

/** Binds the tablet to this device and notes its blinded values, or finds both done by it before. */
async function takeTablet(db: RegistryDatabase, actor: Actor, input: LoadInput) {
  const deviceHash = hashOf(input.device);
  return inTransaction<
    {
      roundId: string;
      place: string;
      listSalt: Buffer;
      manifest: string;
      manifestHash: string;
    },
    LoadRefusal
  >(db, async (tx) => {
    const [held] = await tx
      .select({
        roundId: tablet.roundId,
        place: tablet.place,
        state: tablet.state,
        listSalt: tablet.listSalt,
        deviceHash: tablet.deviceHash,
      })
      .from(tablet)
      .where(eq(tablet.id, input.tabletId))
      .for('update');
    if (held === undefined) return refuse('not-found');
    if (held.deviceHash !== null && !held.deviceHash.equals(deviceHash)) {
      return refuse('other-device');
    }
    if (held.state !== 'prepared' && held.state !== 'loaded') return refuse('wrong-state');
    const [open] = await tx
      .select({ manifest: round.manifest, manifestHash: round.manifestHash })
      .from(round)
      .where(
        and(eq(round.id, held.roundId), eq(round.state, 'open'), gt(round.closesAt, sql`now()`)),
      );
    if (open?.manifest == null || open.manifestHash === null) return refuse('round-not-open');

    const { groups } = await frozenManifest(tx, held.roundId, open.manifestHash);
    const keys = new Map(groups.map(({ id, key }) => [id, key]));
    const fits = input.blinded.every(({ group, value }) => {
      const key = keys.get(group);
      return key !== undefined && isSignable(key, value);
    });
    if (!fits) return refuse('malformed');
    if (held.state === 'prepared') {
      const reserved = await tx
        .select({ group: tabletResident.groupId })
        .from(tabletResident)
        .where(eq(tabletResident.tabletId, input.tabletId));
      const needed = vouchersNeeded(reserved.map(({ group }) => group));
      if (
        !isExactly(
          needed,
          input.blinded.map(({ group }) => group),
        )
      ) {
        return refuse('vouchers-differ');
      }
      await tx.insert(tabletVoucher).values(
        input.blinded.map(({ group, value }) => ({
          tabletId: input.tabletId,
          groupId: group,
          blindedHash: hashOf(value),
        })),
      );
      await tx
        .update(tablet)
        .set({ state: 'loaded', deviceHash })
        .where(and(eq(tablet.id, input.tabletId), eq(tablet.state, 'prepared')));
      await recordAudit(tx, {
        actor: auditActor(actor),
        action: 'tablet.loaded',
        subject: `tablet:${input.tabletId}`,
        details: { round: held.roundId, vouchers: input.blinded.length },
      });
    }
    const { manifest, manifestHash } = open;
    return ok({ ...held, manifest, manifestHash });
  });
}

/** The stored signature of a noted voucher, or a new one; a value that was never noted gets none. */
async function signOnce(
  db: RegistryDatabase,
  signer: BlindSigner,
  voucher: {
    readonly roundId: string;
    readonly tabletId: string;
    readonly group: string;
    readonly value: Uint8Array;
  },
): Promise<Result<Uint8Array, LoadRefusal>> {
  const blindedHash = hashOf(voucher.value);
  const own = and(
    eq(tabletVoucher.tabletId, voucher.tabletId),
    eq(tabletVoucher.blindedHash, blindedHash),
    eq(tabletVoucher.groupId, voucher.group),
  );
  const [noted] = await db
    .select({ signature: tabletVoucher.blindSignature })
    .from(tabletVoucher)
    .where(own);
  if (noted === undefined) return refuse('vouchers-differ');
  if (noted.signature !== null) return ok(noted.signature);
  const answer = await signer.sign({
    round: voucher.roundId,
    group: voucher.group,
    blinded: voucher.value,
  });
  if (!answer.ok) {
    switch (answer.reason) {
      case 'malformed':
      case 'quota-reached':
      case 'unavailable':
        return refuse(answer.reason);
      case 'unknown-round':
      case 'unknown-group':
        return refuse('round-not-open');
    }
  }
  await db
    .update(tabletVoucher)
    .set({ blindSignature: Buffer.from(answer.signature) })
    .where(and(own, isNull(tabletVoucher.blindSignature)));
  return ok(answer.signature);
}
