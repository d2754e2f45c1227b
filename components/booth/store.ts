import type { StoredVote } from './types';

/**
 * What the phone keeps, in IndexedDB: keys that cannot be exported live here as they are. Every
 * change is one transaction that reads what is there, so two tabs never overwrite each other.
 */

const DATABASE = 'minka-booth';
const VOTES = 'votes';
const MANIFESTS = 'manifests';
/** By round: the last checkpoint of its public record that held, as a note. */
const CHECKPOINTS = 'checkpoints';

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

function finished(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => {
      resolve();
    };
    transaction.onabort = transaction.onerror = () => {
      reject(transaction.error ?? new Error('IndexedDB gave up'));
    };
  });
}

async function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 2);
  request.onupgradeneeded = ({ oldVersion }) => {
    if (oldVersion < 1) {
      const votes = request.result.createObjectStore(VOTES, { keyPath: 'id' });
      votes.createIndex('round', 'round');
      request.result.createObjectStore(MANIFESTS);
    }
    request.result.createObjectStore(CHECKPOINTS);
  };
  return settled(request);
}

async function within<T>(
  store: typeof VOTES | typeof MANIFESTS | typeof CHECKPOINTS,
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => Promise<T>,
): Promise<T> {
  const database = await open();
  try {
    // Strict: what is promised to be saved survives a battery that dies.
    const transaction = database.transaction(store, mode, { durability: 'strict' });
    const [result] = await Promise.all([
      work(transaction.objectStore(store)),
      finished(transaction),
    ]);
    return result;
  } finally {
    database.close();
  }
}

export function votesOf(round: string): Promise<StoredVote[]> {
  return within(VOTES, 'readonly', (store) =>
    settled(store.index('round').getAll(round) as IDBRequest<StoredVote[]>),
  );
}

export function voteById(id: string): Promise<StoredVote | undefined> {
  return within(VOTES, 'readonly', (store) =>
    settled(store.get(id) as IDBRequest<StoredVote | undefined>),
  );
}

/** Keeps a new vote, unless there is one already: then that one is given back. */
export function keepFirst(vote: StoredVote): Promise<StoredVote> {
  return within(VOTES, 'readwrite', async (store) => {
    const held = await settled(store.get(vote.id) as IDBRequest<StoredVote | undefined>);
    if (held !== undefined) return held;
    await settled(store.put(vote));
    return vote;
  });
}

/** Changes a vote by what it is at that moment; undefined when it has been forgotten meanwhile. */
export function changeVote(
  id: string,
  change: (held: StoredVote) => StoredVote,
): Promise<StoredVote | undefined> {
  return within(VOTES, 'readwrite', async (store) => {
    const held = await settled(store.get(id) as IDBRequest<StoredVote | undefined>);
    if (held === undefined) return undefined;
    const changed = change(held);
    await settled(store.put(changed));
    return changed;
  });
}

/** What was marked and not sent; the right to vote stays. */
export function forgetMarks(id: string): Promise<StoredVote | undefined> {
  return changeVote(id, (held) => ({ ...held, draft: null }));
}

export function forgetVote(id: string): Promise<undefined> {
  return within(VOTES, 'readwrite', (store) => settled(store.delete(id)));
}

export function manifestText(hash: string): Promise<string | undefined> {
  return within(MANIFESTS, 'readonly', (store) =>
    settled(store.get(hash) as IDBRequest<string | undefined>),
  );
}

export function keepManifest(hash: string, text: string): Promise<IDBValidKey> {
  return within(MANIFESTS, 'readwrite', (store) => settled(store.put(text, hash)));
}

export function seenCheckpoint(round: string): Promise<string | undefined> {
  return within(CHECKPOINTS, 'readonly', (store) =>
    settled(store.get(round) as IDBRequest<string | undefined>),
  );
}

export function rememberCheckpoint(round: string, note: string): Promise<IDBValidKey> {
  return within(CHECKPOINTS, 'readwrite', (store) => settled(store.put(note, round)));
}

/** Empties all that the booth keeps in this browser: a kiosk is handed to the next person. */
export async function forgetEverything(): Promise<void> {
  for (const store of [VOTES, MANIFESTS, CHECKPOINTS] as const) {
    await within(store, 'readwrite', (kept) => settled(kept.clear()));
  }
}
