import type { KeptBallot, KeptTablet, KeptVoucher } from '@/components/tablet/kept';
import type { LoadRequest } from '@/components/tablet/load';
import { seal, sealingKey } from '@/components/tablet/sealing';
import { keepBegun, keptBallots } from '@/components/tablet/store';
import { leafOf } from '@/lib/ballots/body';
import { manifestFixture } from '@/lib/rounds/manifest.fixture';
import { toBase64Url } from '@/lib/shared/bytes';
import { headOf } from '@/lib/tablets/device';

/** What the tests of a tablet's store run inside the browser: the store itself, and made-up rows. */

export { loadTablet } from '@/components/tablet/load';
export { openTablet } from '@/components/tablet/opening';
export {
  keepClosed,
  keepLoaded,
  keepSynced,
  keepVote,
  keptBallots,
  vouchersOf,
} from '@/components/tablet/store';
export { newTableKey } from '@/components/tablet/table-key';
export { minutesOf } from '@/components/tablet/vote';

const ROUND = 'ronda-1';
const SALT = new Uint8Array(16);
const NOTHING = { nonce: new Uint8Array(12), sealed: new ArrayBuffer(16) };

/** A tablet in use whose list has people of these groups. */
export function loaded(id: string, groups: readonly string[]): KeptTablet {
  return {
    id,
    phase: 'loaded',
    device: `device-${id}`,
    pinSalt: SALT,
    pinCheck: NOTHING,
    pending: [],
    load: {
      tablet: id,
      place: 'Local comunal',
      round: ROUND,
      manifest: '{}',
      manifestHash: 'hash',
      boxUrl: 'https://caja.example',
      salt: '',
      iterations: 1,
      list: groups.map((group) => ({ hash: '', group })),
    },
    used: groups.map(() => false),
    minutes: null,
  };
}

export function begun(id: string, device = `device-${id}`): Promise<KeptTablet> {
  return keepBegun({ ...loaded(id, []), phase: 'loading', device, load: null });
}

export function vouchers(tablet: string, groups: readonly string[]): KeptVoucher[] {
  return groups.map((group, at) => ({ id: `${tablet}-${at}`, tablet, group, sealed: NOTHING }));
}

/** A tablet and its vouchers under a key of its own. */
export async function sealedTablet(id: string, groups: readonly string[], secret: string) {
  const pinSalt = crypto.getRandomValues(new Uint8Array(16));
  const key = await sealingKey(secret, pinSalt);
  const tablet: KeptTablet = { ...loaded(id, groups), pinSalt, pinCheck: await seal(key, 'minka') };
  const rows: KeptVoucher[] = [];
  for (const voucher of vouchers(id, groups)) {
    rows.push({ ...voucher, sealed: await seal(key, { of: voucher.id }) });
  }
  return { tablet, vouchers: rows };
}

export function ballot(tablet: string, nth: number, group = 'x'): Omit<KeptBallot, 'tablet'> {
  const body = JSON.stringify({ v: 1, r: ROUND, d: group, s: `${tablet}-${nth}` });
  return { id: `${tablet}-${nth}`, line: [body, 'signature'], receipt: 'codigo' };
}

export async function headOfKept(tablet: string): Promise<string> {
  const kept = await keptBallots(tablet);
  return headOf(await Promise.all(kept.map(({ line }) => leafOf(line))));
}

const STORES = ['tablets', 'vouchers', 'ballots'] as const;

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

/** The database as version 1 left it: no index, and no row says whose it is. */
export async function versionOne(rows: {
  readonly tablets: readonly KeptTablet[];
  readonly vouchers: readonly Omit<KeptVoucher, 'tablet'>[];
  readonly ballots: readonly Omit<KeptBallot, 'tablet'>[];
}): Promise<void> {
  const request = indexedDB.open('minka-tablet', 1);
  request.onupgradeneeded = () => {
    for (const name of STORES) request.result.createObjectStore(name, { keyPath: 'id' });
  };
  const database = await settled(request);
  const transaction = database.transaction(STORES, 'readwrite');
  for (const name of STORES) {
    for (const row of rows[name]) {
      const { tablet: _, ...old } = { tablet: '', ...row };
      await settled(transaction.objectStore(name).put(old));
    }
  }
  database.close();
}

/** Everything that is kept, through the tablet's own opening of its database. */
export async function rows(): Promise<{ vouchers: KeptVoucher[]; ballots: KeptBallot[] }> {
  await keptBallots('');
  const database = await settled(indexedDB.open('minka-tablet'));
  const transaction = database.transaction(STORES);
  const all = <T>(name: (typeof STORES)[number]) =>
    settled(transaction.objectStore(name).getAll() as IDBRequest<T[]>);
  const kept = {
    vouchers: await all<KeptVoucher>('vouchers'),
    ballots: await all<KeptBallot>('ballots'),
  };
  database.close();
  return kept;
}

/** A request to load a tablet for two people of a group with a key of its own. */
export async function loadRequest(id: string, secret: string): Promise<LoadRequest> {
  const pair = await crypto.subtle.generateKey(
    {
      name: 'RSA-PSS',
      modulusLength: 2048,
      publicExponent: Uint8Array.of(1, 0, 1),
      hash: 'SHA-384',
    },
    true,
    ['sign', 'verify'],
  );
  const spki = new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey));
  const group = {
    id: 'x',
    name: 'x',
    districts: ['120101'],
    eligible: 2,
    key: toBase64Url(spki),
    rollRoot: '0'.repeat(64),
  };
  return {
    id,
    secret,
    round: ROUND,
    manifest: manifestFixture({ round: ROUND, groups: [group] }),
    manifestHash: 'hash',
    groups: [{ group: 'x', residents: 2 }],
    onProgress: () => undefined,
  };
}
