import type { TabletMinutes } from '@/lib/tablets/types';
import { settled, within } from './database';
import type { KeptBallot, KeptTablet, KeptVoucher } from './kept';
import { UNOWNED } from './upgrade';

/** Every change of what a device keeps is one transaction that reads what is there. */

const tabletIn = (store: IDBObjectStore, id: string): Promise<KeptTablet | undefined> =>
  settled(store.get(id) as IDBRequest<KeptTablet | undefined>);

const rowsOf = <T>(store: IDBObjectStore, tablet: string): Promise<T[]> =>
  settled(store.index('tablet').getAll(tablet) as IDBRequest<T[]>);

async function dropRowsOf(store: IDBObjectStore, tablet: string): Promise<void> {
  const keys = await settled(store.index('tablet').getAllKeys(tablet));
  for (const key of keys) await settled(store.delete(key));
}

export function keptTablet(id: string): Promise<KeptTablet | undefined> {
  return within('readonly', (store) => tabletIn(store('tablets'), id));
}

/** Begins a tablet, unless another tab did: then what that one began is given back. */
export function keepBegun(tablet: KeptTablet): Promise<KeptTablet> {
  return within('readwrite', async (store) => {
    const held = await tabletIn(store('tablets'), tablet.id);
    if (held === undefined) await settled(store('tablets').put(tablet));
    return held ?? tablet;
  });
}

/**
 * List and sealed vouchers arrive together, and what was needed to make them goes. False when
 * another tab had them first: one voucher kept twice would be one ballot lost.
 */
export function keepLoaded(tablet: KeptTablet, vouchers: readonly KeptVoucher[]): Promise<boolean> {
  return within('readwrite', async (store) => {
    const begun = await tabletIn(store('tablets'), tablet.id);
    if (begun?.phase !== 'loading' || begun.device !== tablet.device) return false;
    for (const voucher of vouchers) await settled(store('vouchers').put(voucher));
    await settled(store('tablets').put(tablet));
    return true;
  });
}

export function vouchersOf(tablet: string, group: string): Promise<KeptVoucher[]> {
  return within('readonly', async (store) => {
    const all = await rowsOf<KeptVoucher>(store('vouchers'), tablet);
    return all.filter((voucher) => voucher.group === group);
  });
}

/** Vouchers of an earlier version of this database of which only the key can tell whose they are. */
export function unownedVouchers(): Promise<KeptVoucher[]> {
  return within('readonly', (store) => rowsOf<KeptVoucher>(store('vouchers'), UNOWNED));
}

export function ownVouchers(tablet: string, vouchers: readonly KeptVoucher[]): Promise<undefined> {
  return within('readwrite', async (store) => {
    for (const voucher of vouchers) {
      const isThere = (await settled(store('vouchers').getKey(voucher.id))) !== undefined;
      if (isThere) await settled(store('vouchers').put({ ...voucher, tablet }));
    }
    return undefined;
  });
}

/**
 * One vote, all or nothing: the person is marked, the voucher is gone, the ballot is kept. False when
 * another tab was faster with either.
 */
export function keepVote(vote: {
  readonly tablet: string;
  readonly entry: number;
  readonly voucher: string;
  readonly ballot: Omit<KeptBallot, 'tablet'>;
}): Promise<boolean> {
  return within('readwrite', async (store) => {
    const [tablet, voucher] = await Promise.all([
      tabletIn(store('tablets'), vote.tablet),
      settled(store('vouchers').get(vote.voucher) as IDBRequest<KeptVoucher | undefined>),
    ]);
    if (tablet?.phase !== 'loaded' || tablet.used[vote.entry] !== false) return false;
    if (voucher?.tablet !== vote.tablet) return false;
    const used = tablet.used.map((is, entry) => is || entry === vote.entry);
    const ballot: KeptBallot = { ...vote.ballot, tablet: vote.tablet };
    await settled(store('tablets').put({ ...tablet, used } satisfies KeptTablet));
    await settled(store('vouchers').delete(vote.voucher));
    await settled(store('ballots').put(ballot));
    return true;
  });
}

export function keptBallots(tablet: string): Promise<KeptBallot[]> {
  return within('readonly', (store) => rowsOf<KeptBallot>(store('ballots'), tablet));
}

/**
 * Closes for good, with minutes of what lies on the device at that moment and not of what a page
 * remembers: the vouchers that are left can never be used. Hashing cannot wait inside a transaction,
 * so a vote kept meanwhile by another tab makes it count again.
 */
export async function keepClosed(
  id: string,
  minutesOf: (tablet: KeptTablet, ballots: readonly KeptBallot[]) => Promise<TabletMinutes>,
): Promise<KeptTablet | undefined> {
  for (;;) {
    const { tablet, ballots } = await within('readonly', async (store) => ({
      tablet: await tabletIn(store('tablets'), id),
      ballots: await rowsOf<KeptBallot>(store('ballots'), id),
    }));
    if (tablet?.phase !== 'loaded') return tablet;
    const minutes = await minutesOf(tablet, ballots);
    const counted = new Set<IDBValidKey>(ballots.map((ballot) => ballot.id));
    const closed = await within('readwrite', async (store) => {
      const now = await tabletIn(store('tablets'), id);
      const keys = await settled(store('ballots').index('tablet').getAllKeys(id));
      if (now?.phase !== 'loaded') return 'closed-meanwhile';
      const isSame = keys.length === counted.size && keys.every((key) => counted.has(key));
      if (!isSame) return 'voted-meanwhile';
      const kept: KeptTablet = { ...now, phase: 'closed', minutes };
      await dropRowsOf(store('vouchers'), id);
      await settled(store('tablets').put(kept));
      return kept;
    });
    if (typeof closed === 'object') return closed;
  }
}

/** Everything is where it belongs: of this tablet the device keeps the sums and nothing else. */
export function keepSynced(id: string): Promise<undefined> {
  return within('readwrite', async (store) => {
    const tablet = await tabletIn(store('tablets'), id);
    await dropRowsOf(store('ballots'), id);
    await dropRowsOf(store('vouchers'), id);
    if (tablet !== undefined) {
      const load = tablet.load === null ? null : { ...tablet.load, list: [] };
      await settled(
        store('tablets').put({ ...tablet, phase: 'synced', load, used: [] } satisfies KeptTablet),
      );
    }
    return undefined;
  });
}
