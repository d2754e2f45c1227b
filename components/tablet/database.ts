import type { KeptBallot, KeptTablet, KeptVoucher } from './kept';
import { ballotOwners, countedOthers, voucherOwner } from './upgrade';

/** The tablet's IndexedDB: how it is opened, and how what an earlier version kept is carried over. */

const DATABASE = 'minka-tablet';
const VERSION = 2;
const STORES = ['tablets', 'vouchers', 'ballots'] as const;
export type StoreName = (typeof STORES)[number];

export function settled<T>(request: IDBRequest<T>): Promise<T> {
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
  const request = indexedDB.open(DATABASE, VERSION);
  request.onupgradeneeded = ({ oldVersion }) => {
    const { transaction, result } = request;
    if (transaction === null) return;
    for (const name of STORES) {
      const store =
        oldVersion < 1
          ? result.createObjectStore(name, { keyPath: 'id' })
          : transaction.objectStore(name);
      if (name !== 'tablets') store.createIndex('tablet', 'tablet');
    }
    if (oldVersion < 1) return;
    giveOwners(transaction).catch(() => {
      // The earlier version stays as it was, and opening fails aloud.
      transaction.abort();
    });
  };
  return settled(request);
}

/** Everything in the one transaction of the upgrade: all rows have an owner afterwards, or none. */
async function giveOwners(transaction: IDBTransaction): Promise<void> {
  const all = <T>(name: StoreName): Promise<T[]> =>
    settled(transaction.objectStore(name).getAll() as IDBRequest<T[]>);
  const tablets = await all<KeptTablet>('tablets');
  const vouchers = await all<Omit<KeptVoucher, 'tablet'>>('vouchers');
  const ballots = await all<Omit<KeptBallot, 'tablet'>>('ballots');
  const put = (name: StoreName, row: KeptTablet | KeptVoucher | KeptBallot) =>
    settled(transaction.objectStore(name).put(row));
  const owner = voucherOwner(tablets);
  for (const voucher of vouchers) await put('vouchers', { ...voucher, tablet: owner });
  const owners = ballotOwners(tablets, ballots);
  for (const ballot of ballots) {
    await put('ballots', { ...ballot, tablet: owners.get(ballot.id) ?? owner });
  }
  for (const tablet of tablets) {
    if (countedOthers(tablet)) await put('tablets', { ...tablet, phase: 'loaded', minutes: null });
  }
}

/** Runs `work` in one transaction over all stores, and waits until it is on the disk. */
export async function within<T>(
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
