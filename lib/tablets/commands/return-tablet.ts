import { createHash } from 'node:crypto';
import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { RegistryDatabase, RegistryTransaction } from '@/db/registry/client';
import { credential, resident, tablet, tabletResident } from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import { recordAudit } from '@/lib/audit/commands';
import { auditActor, type Actor } from '@/lib/auth/actor';
import type { RecordNote } from '@/lib/record/format';
import { hashDni } from '@/lib/roll/secrets';
import { queueRoundNote } from '@/lib/rounds/notes';
import { ok, refuse, type Result } from '@/lib/shared/result';
import { mayHandleTablets, mayLoseTablets } from '../policy';
import { readList } from '../rules';
import type { CloseRefusal, LoseRefusal, SyncRefusal, TabletMinutes, TabletState } from '../types';

/** The way back of a tablet: its minutes first, then who voted on it; or it is given up. */

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

/**
 * Gives a tablet up. Those on the signed attendance sheet count as having voted; the others are free
 * again. Should its ballots turn up later, there are never more of them than people on the sheet.
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
): Promise<Result<{ voted: number; released: number }, LoseRefusal>> {
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
    const free = list.filter(({ dniHash }) => !came.has(dniHash.toString('hex')));
    await settle(tx, row, voted, free);
    await tx
      .update(tablet)
      .set({ state: 'lost', lostReason: reason })
      .where(eq(tablet.id, input.tabletId));
    const sums = { voted: voted.length, released: free.length };
    await recordAudit(tx, {
      actor: auditActor(actor),
      action: 'tablet.lost',
      subject: `tablet:${input.tabletId}`,
      details: { ...sums, reason },
    });
    return ok(sums);
  });
}

type Listed = readonly { readonly residentId: string }[];

/** Reserved becomes voted or released; a released resident's row makes room for another way. */
async function settle(
  tx: RegistryTransaction,
  of: { readonly id: string; readonly roundId: string },
  voted: Listed,
  free: Listed,
): Promise<void> {
  const turn = async (people: Listed, state: 'voted' | 'released'): Promise<void> => {
    if (people.length === 0) return;
    await tx
      .update(tabletResident)
      .set({ state })
      .where(
        and(
          eq(tabletResident.tabletId, of.id),
          inArray(
            tabletResident.residentId,
            people.map(({ residentId }) => residentId),
          ),
        ),
      );
  };
  await turn(voted, 'voted');
  await turn(free, 'released');
  if (free.length === 0) return;
  await tx.delete(credential).where(
    and(
      eq(credential.roundId, of.roundId),
      eq(credential.channel, 'tablet'),
      inArray(
        credential.residentId,
        free.map(({ residentId }) => residentId),
      ),
    ),
  );
}
