import { eq } from 'drizzle-orm';
import type { RegistryDatabase } from '@/db/registry/client';
import { resident, tablet, tabletResident } from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import { recordAudit } from '@/lib/audit/commands';
import { auditActor, type Actor } from '@/lib/auth/actor';
import { hashDni } from '@/lib/roll/secrets';
import { ok, refuse, type Result } from '@/lib/shared/result';
import { mayLoseTablets } from '../policy';
import { readList } from '../rules';
import type { LoseRefusal } from '../types';
import { settle } from './settle';

export interface LostTablet {
  /** On the attendance sheet: they count as having voted. */
  readonly voted: number;
  /** Free again at once, because no voucher was ever made for them. */
  readonly released: number;
  /** Their vouchers are out there and may still be used: reserved until two people free them. */
  readonly held: number;
}

/**
 * Gives a tablet up. Those on the signed attendance sheet count as having voted. The others are free
 * again only when the tablet was never loaded: a loaded one carries vouchers that go to the box from
 * anywhere until the close, and a right set free beside them could be used twice.
 */
export async function loseTablet(
  db: RegistryDatabase,
  actor: Actor,
  input: {
    readonly tabletId: string;
    readonly reason: string;
    /** DNIs on the attendance sheet, as pasted; empty when nobody had come yet. */
    readonly attendance: string;
    readonly dniKey: string;
  },
): Promise<Result<LostTablet, LoseRefusal>> {
  if (!mayLoseTablets(actor)) return refuse('not-allowed');
  const reason = input.reason.trim();
  if (reason === '') return refuse('reason-missing');
  const hashes = readList(input.attendance).dnis.map((dni) => hashDni(input.dniKey, dni));
  return inTransaction(db, async (tx) => {
    const [row] = await tx
      .select({ id: tablet.id, roundId: tablet.roundId, state: tablet.state })
      .from(tablet)
      .where(eq(tablet.id, input.tabletId))
      .for('update');
    if (row === undefined) return refuse('not-found');
    if (row.state === 'synced' || row.state === 'lost') return refuse('wrong-state');
    const list = await tx
      .select({ residentId: tabletResident.residentId, dniHash: resident.dniHash })
      .from(tabletResident)
      .innerJoin(resident, eq(resident.id, tabletResident.residentId))
      .where(eq(tabletResident.tabletId, input.tabletId));
    const came = new Set(hashes.map((hash) => hash.toString('hex')));
    const voted = list.filter(({ dniHash }) => came.has(dniHash.toString('hex')));
    const others = list.filter(({ dniHash }) => !came.has(dniHash.toString('hex')));
    const free = row.state === 'prepared' ? others : [];
    await settle(tx, row, voted, free);
    await tx
      .update(tablet)
      .set({ state: 'lost', lostReason: reason })
      .where(eq(tablet.id, input.tabletId));
    const sums = {
      voted: voted.length,
      released: free.length,
      held: others.length - free.length,
    };
    await recordAudit(tx, {
      actor: auditActor(actor),
      action: 'tablet.lost',
      subject: `tablet:${input.tabletId}`,
      details: { ...sums, reason },
    });
    return ok(sums);
  });
}
