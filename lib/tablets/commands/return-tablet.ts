import { createHash } from 'node:crypto';
import { and, asc, eq, sql } from 'drizzle-orm';
import type { RegistryDatabase, RegistryTransaction } from '@/db/registry/client';
import { tablet, tabletResident } from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import { recordAudit } from '@/lib/audit/commands';
import { auditActor, type Actor } from '@/lib/auth/actor';
import type { RecordNote } from '@/lib/record/format';
import { queueRoundNote } from '@/lib/rounds/notes';
import { ok, refuse, type Result } from '@/lib/shared/result';
import { mayHandleTablets } from '../policy';
import type { CloseRefusal, SyncRefusal, TabletMinutes, TabletState } from '../types';
import { settle } from './settle';

/** The way back of a tablet: its minutes first, then who voted on it. */

interface HeldTablet {
  readonly id: string;
  readonly roundId: string;
  readonly place: string;
  readonly state: TabletState;
  readonly checkIns: number | null;
  readonly ballots: number | null;
  readonly vouchers: number | null;
  readonly head: Buffer | null;
}

async function held(
  tx: RegistryTransaction,
  tabletId: string,
  device: Uint8Array,
): Promise<Result<HeldTablet, 'not-found' | 'other-device'>> {
  const [row] = await tx
    .select({
      id: tablet.id,
      roundId: tablet.roundId,
      place: tablet.place,
      state: tablet.state,
      deviceHash: tablet.deviceHash,
      checkIns: tablet.checkIns,
      ballots: tablet.ballots,
      vouchers: tablet.vouchers,
      head: tablet.head,
    })
    .from(tablet)
    .where(eq(tablet.id, tabletId))
    .for('update');
  if (row === undefined) return refuse('not-found');
  const own = createHash('sha256').update(device).digest();
  return row.deviceHash?.equals(own) ? ok(row) : refuse('other-device');
}

/** Keeps the closing minutes of a tablet. Sending them again changes nothing; others are refused. */
export async function closeTablet(
  db: RegistryDatabase,
  actor: Actor,
  input: {
    readonly tabletId: string;
    readonly device: Uint8Array;
    readonly minutes: TabletMinutes;
  },
): Promise<Result<null, CloseRefusal>> {
  if (!mayHandleTablets(actor)) return refuse('not-allowed');
  const { minutes } = input;
  return inTransaction(db, async (tx) => {
    const found = await held(tx, input.tabletId, input.device);
    if (!found.ok) return found;
    const { state } = found.value;
    if (state === 'closed' || state === 'synced') {
      return sameMinutes(found.value, minutes) ? ok(null) : refuse('minutes-differ');
    }
    if (state !== 'loaded') return refuse('wrong-state');
    const reserved = await tx.$count(tabletResident, eq(tabletResident.tabletId, input.tabletId));
    if (minutes.ballots > minutes.checkIns || minutes.checkIns > reserved) {
      return refuse('sums-differ');
    }
    if (minutes.vouchers !== reserved) return refuse('sums-differ');
    await tx
      .update(tablet)
      .set({
        state: 'closed',
        checkIns: minutes.checkIns,
        ballots: minutes.ballots,
        vouchers: minutes.vouchers,
        head: Buffer.from(minutes.head, 'hex'),
        closedAt: sql`now()`,
      })
      .where(and(eq(tablet.id, input.tabletId), eq(tablet.state, 'loaded')));
    const { roundId, place } = found.value;
    const note: RecordNote = {
      v: 1,
      type: 'tablet-minutes',
      round: roundId,
      minutes: input.tabletId,
      place,
      vouchers: minutes.vouchers,
      checkIns: minutes.checkIns,
      ballots: minutes.ballots,
      headSha256: minutes.head,
    };
    const queued = await queueRoundNote(tx, {
      roundId,
      id: `tablet-minutes:${input.tabletId}`,
      text: JSON.stringify(note),
    });
    if (!queued.ok) return refuse('minutes-differ');
    await recordAudit(tx, {
      actor: auditActor(actor),
      action: 'tablet.closed',
      subject: `tablet:${input.tabletId}`,
      details: { ...minutes },
    });
    return ok(null);
  });
}

function sameMinutes(kept: HeldTablet, minutes: TabletMinutes): boolean {
  return (
    kept.checkIns === minutes.checkIns &&
    kept.ballots === minutes.ballots &&
    kept.vouchers === minutes.vouchers &&
    kept.head?.toString('hex') === minutes.head
  );
}

/**
 * Notes who voted on a tablet and sets the others free. `used` are places in its list, as many as
 * the minutes have check-ins. Sending it again changes nothing; another list is refused.
 */
export async function syncTablet(
  db: RegistryDatabase,
  actor: Actor,
  input: {
    readonly tabletId: string;
    readonly device: Uint8Array;
    readonly used: readonly number[];
  },
): Promise<Result<{ voted: number; released: number }, SyncRefusal>> {
  if (!mayHandleTablets(actor)) return refuse('not-allowed');
  return inTransaction(db, async (tx) => {
    const found = await held(tx, input.tabletId, input.device);
    if (!found.ok) return found;
    const { state, checkIns } = found.value;
    if (state !== 'closed' && state !== 'synced') return refuse('wrong-state');
    const used = new Set(input.used);
    if (used.size !== input.used.length || used.size !== checkIns) return refuse('sums-differ');
    const list = await tx
      .select({
        residentId: tabletResident.residentId,
        listIndex: tabletResident.listIndex,
        state: tabletResident.state,
      })
      .from(tabletResident)
      .where(eq(tabletResident.tabletId, input.tabletId))
      .orderBy(asc(tabletResident.listIndex));
    if (input.used.some((index) => index >= list.length)) return refuse('unknown-entry');
    if (state === 'synced') {
      const same = list.every((one) => (one.state === 'voted') === used.has(one.listIndex));
      return same
        ? ok({ voted: used.size, released: list.length - used.size })
        : refuse('check-ins-differ');
    }
    const voted = list.filter(({ listIndex }) => used.has(listIndex));
    const free = list.filter(({ listIndex }) => !used.has(listIndex));
    await settle(tx, found.value, voted, free);
    await tx
      .update(tablet)
      .set({ state: 'synced', syncedAt: sql`now()` })
      .where(and(eq(tablet.id, input.tabletId), eq(tablet.state, 'closed')));
    const sums = { voted: voted.length, released: free.length };
    await recordAudit(tx, {
      actor: auditActor(actor),
      action: 'tablet.synced',
      subject: `tablet:${input.tabletId}`,
      details: sums,
    });
    return ok(sums);
  });
}
