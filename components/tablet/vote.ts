import { composeBallot } from '@/lib/ballots/compose';
import type { Choices } from '@/lib/ballots/body';
import type { Manifest } from '@/lib/rounds/manifest';
import { fromBase64Url, toBase64Url } from '@/lib/shared/bytes';
import { present } from '@/lib/shared/assert';
import { ok, refuse, type Result } from '@/lib/shared/result';
import { headOf, listHash } from '@/lib/tablets/device';
import type { TabletReturn } from '@/lib/tablets/return-file';
import type { TabletMinutes } from '@/lib/tablets/types';
import { leafOf } from '@/lib/ballots/body';
import type { Voucher } from './load';
import { randomText, unseal } from './sealing';
import type { KeptBallot, KeptTablet } from './kept';
import { keepVote, keptBallots, vouchersOf } from './store';

export interface Found {
  readonly entry: number;
  readonly group: string;
}

/** The person's place in the list, by DNI: without a network, and without names. */
export async function findPerson(
  tablet: KeptTablet,
  dni: string,
): Promise<Result<Found, 'not-on-list' | 'voted'>> {
  const load = present(tablet.load, 'a loaded tablet');
  const salt = present(fromBase64Url(load.salt), 'salt');
  const hash = toBase64Url(await listHash(salt, load.iterations, dni));
  const entry = load.list.findIndex((one) => one.hash === hash);
  const found = load.list[entry];
  if (found === undefined) return refuse('not-on-list');
  return tablet.used[entry] === true ? refuse('voted') : ok({ entry, group: found.group });
}

/** Signs with a voucher drawn at random and keeps the ballot; gives back the receipt code. */
export async function voteHere(
  { tablet, key, manifest }: { tablet: KeptTablet; key: CryptoKey; manifest: Manifest },
  { entry, group }: Found,
  choices: Choices,
): Promise<Result<string, 'no-voucher' | 'voted'>> {
  const vouchers = await vouchersOf(tablet.id, group);
  const drawn = vouchers[drawnIndex(vouchers.length)];
  const voucher = drawn && ((await unseal(key, drawn.sealed)) as Voucher | null);
  if (drawn === undefined || !voucher) return refuse('no-voucher');
  const privateKey = await crypto.subtle.importKey(
    'pkcs8',
    present(fromBase64Url(voucher.key), 'a key'),
    { name: 'ECDSA', namedCurve: 'P-256' },
    false,
    ['sign'],
  );
  const { spki, prefix, token } = voucher;
  const ballot = await composeBallot({
    manifest,
    manifestHash: present(tablet.load, 'a loaded tablet').manifestHash,
    credential: { round: manifest.round, group, privateKey, spki, prefix, token },
    choices,
    seq: 1,
    previous: null,
    // Nobody keeps it: the code on the slip is all that is left.
    secret: crypto.getRandomValues(new Uint8Array(32)),
  });
  const isKept = await keepVote({
    tablet: tablet.id,
    entry,
    voucher: drawn.id,
    ballot: { id: randomText(16), line: ballot.line, receipt: ballot.receipt },
  });
  return isKept ? ok(ballot.receipt) : refuse('voted');
}

function drawnIndex(length: number): number {
  if (length === 0) return 0;
  // Rejection keeps every voucher equally likely.
  const limit = Math.floor(2 ** 32 / length) * length;
  for (;;) {
    const value = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
    if (value < limit) return value % length;
  }
}

/** The sums and the head of a tablet and its ballots, as they lie on the device. */
export async function minutesOf(
  tablet: KeptTablet,
  ballots: readonly KeptBallot[],
): Promise<TabletMinutes> {
  const leaves = await Promise.all(ballots.map(({ line }) => leafOf(line)));
  return {
    checkIns: tablet.used.filter(Boolean).length,
    ballots: ballots.length,
    vouchers: tablet.used.length,
    head: await headOf(leaves),
  };
}

/** Everything that goes back, for the network or for a file. */
export async function returnOf(tablet: KeptTablet): Promise<TabletReturn> {
  const ballots = await keptBallots(tablet.id);
  return {
    v: 1,
    tablet: tablet.id,
    round: present(tablet.load, 'a loaded tablet').round,
    device: tablet.device,
    minutes: present(tablet.minutes, 'minutes'),
    used: tablet.used.flatMap((is, entry) => (is ? [entry] : [])),
    ballots: ballots.map(({ line, receipt }) => ({ line, receipt })),
  };
}
