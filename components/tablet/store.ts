import type { PendingCredential } from '@/lib/ballots/credential';
import type { TabletBallot } from '@/lib/tablets/return-file';
import type { TabletLoad, TabletMinutes } from '@/lib/tablets/types';
import type { Sealed } from './sealing';

/** What a tablet keeps, in IndexedDB. Nothing joins an entry of the list to a ballot. */

export interface KeptTablet {
  readonly id: string;
  readonly phase: 'loading' | 'loaded' | 'closed' | 'synced';
  /** Base64url of 32 bytes: proves to the registry that it is the same device. */
  readonly device: string;
  readonly pinSalt: Uint8Array<ArrayBuffer>;
  /** Opens with the right number only. */
  readonly pinCheck: Sealed;
  /** Made before the request leaves, kept until its answer is here. */
  readonly pending: readonly PendingCredential[];
  readonly load: Omit<TabletLoad, 'signatures'> | null;
  /** By place in the list: whether this person has voted here. */
  readonly used: readonly boolean[];
  readonly minutes: TabletMinutes | null;
}

export interface KeptVoucher {
  /** Random. */
  readonly id: string;
  readonly group: string;
  readonly sealed: Sealed;
}

export interface KeptBallot extends TabletBallot {
  /** Random: their order says nothing. */
  readonly id: string;
}

const DATABASE = 'minka-tablet';
const STORES = ['tablets', 'vouchers', 'ballots'] as const;
type StoreName = (typeof STORES)[number];

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = () => {
      reject(request.error ?? new Error('IndexedDB failed'));
    };
  });
}

async function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => {
    for (const name of STORES) request.result.createObjectStore(name, { keyPath: 'id' });
  };
  return settled(request);
}

async function within<T>(
  mode: IDBTransactionMode,
  work: (store: (name: StoreName) => IDBObjectStore) => Promise<T>,
): Promise<T> {
  const database = await open();
  try {
    // Strict: a ballot that was confirmed survives a battery that dies.
    const transaction = database.transaction(STORES, mode, { durability: 'strict' });
    const finished = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => {
        resolve();
      };
      transaction.onabort = transaction.onerror = () => {
        reject(transaction.error ?? new Error('IndexedDB gave up'));
      };
    });
    const [result] = await Promise.all([work((name) => transaction.objectStore(name)), finished]);
    return result;
  } finally {
    database.close();
  }
}

export function keptTablet(id: string): Promise<KeptTablet | undefined> {
  return within('readonly', (store) =>
    settled(store('tablets').get(id) as IDBRequest<KeptTablet | undefined>),
  );
}

export function keepTablet(tablet: KeptTablet): Promise<IDBValidKey> {
  return within('readwrite', (store) => settled(store('tablets').put(tablet)));
}

/** List and sealed vouchers arrive together, and what was needed to make them goes. */
export function keepLoaded(
  tablet: KeptTablet,
  vouchers: readonly KeptVoucher[],
): Promise<undefined> {
  return within('readwrite', async (store) => {
    for (const voucher of vouchers) await settled(store('vouchers').put(voucher));
    await settled(store('tablets').put(tablet));
    return undefined;
  });
}

export function vouchersOf(group: string): Promise<KeptVoucher[]> {
  return within('readonly', async (store) => {
    const all = await settled(store('vouchers').getAll() as IDBRequest<KeptVoucher[]>);
    return all.filter((voucher) => voucher.group === group);
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
  readonly ballot: KeptBallot;
}): Promise<boolean> {
  return within('readwrite', async (store) => {
    const [tablet, voucher] = await Promise.all([
      settled(store('tablets').get(vote.tablet) as IDBRequest<KeptTablet | undefined>),
      settled(store('vouchers').get(vote.voucher) as IDBRequest<KeptVoucher | undefined>),
    ]);
    if (tablet?.phase !== 'loaded' || tablet.used[vote.entry] !== false) return false;
    if (voucher === undefined) return false;
    const used = tablet.used.map((is, entry) => is || entry === vote.entry);
    await settled(store('tablets').put({ ...tablet, used } satisfies KeptTablet));
    await settled(store('vouchers').delete(vote.voucher));
    await settled(store('ballots').put(vote.ballot));
    return true;
  });
}

export function keptBallots(): Promise<KeptBallot[]> {
  return within('readonly', (store) =>
    settled(store('ballots').getAll() as IDBRequest<KeptBallot[]>),
  );
}

/** Closes for good: the vouchers that are left can never be used. */
export function keepClosed(id: string, minutes: TabletMinutes): Promise<KeptTablet | undefined> {
  return within('readwrite', async (store) => {
    const tablet = await settled(store('tablets').get(id) as IDBRequest<KeptTablet | undefined>);
    if (tablet?.phase !== 'loaded') return tablet;
    const closed: KeptTablet = { ...tablet, phase: 'closed', minutes };
    await settled(store('vouchers').clear());
    await settled(store('tablets').put(closed));
    return closed;
  });
}

/** Everything is where it belongs: the device keeps the sums and nothing else. */
export function keepSynced(id: string): Promise<undefined> {
  return within('readwrite', async (store) => {
    const tablet = await settled(store('tablets').get(id) as IDBRequest<KeptTablet | undefined>);
    await settled(store('ballots').clear());
    await settled(store('vouchers').clear());
    if (tablet !== undefined) {
      const load = tablet.load === null ? null : { ...tablet.load, list: [] };
      await settled(
        store('tablets').put({ ...tablet, phase: 'synced', load, used: [] } satisfies KeptTablet),
      );
    }
    return undefined;
  });
}
