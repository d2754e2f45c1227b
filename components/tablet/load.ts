import { beginCredential, finishCredential } from '@/lib/ballots/credential';
import { groupOf, manifestHash } from '@/lib/rounds/contests';
import type { Manifest } from '@/lib/rounds/manifest';
import { toBase64Url } from '@/lib/shared/bytes';
import { ok, refuse, type Result } from '@/lib/shared/result';
import type { LoadRefusal, TabletLoad } from '@/lib/tablets/types';
import { randomText, seal, sealingKey } from './sealing';
import type { KeptTablet, KeptVoucher } from './kept';
import { openTablet, SEALED_WORD, type Opened } from './opening';
import { keepBegun, keepLoaded, keptTablet } from './store';
import { readTableKey } from './table-key';

export type LoadProblem = LoadRefusal | 'signed-out' | 'offline' | 'manifest-differs' | 'wrong-pin';

export interface LoadRequest {
  readonly id: string;
  /** The table's key as the officers typed it. */
  readonly secret: string;
  readonly round: string;
  /** Pinned by the page: whatever is delivered must have this hash. */
  readonly manifestHash: string;
  readonly manifest: Manifest;
  /** Vouchers needed per group. */
  readonly groups: readonly { readonly group: string; readonly residents: number }[];
  readonly onProgress: (done: number, of: number) => void;
}

/** A voucher as it lies sealed: everything to sign one ballot. */
export interface Voucher {
  /** Base64url PKCS #8. */
  readonly key: string;
  readonly spki: string;
  readonly prefix: string;
  readonly token: string;
  readonly group: string;
}

/**
 * Makes one key per reserved resident, has all of them signed blindly, and keeps them sealed. What
 * is needed to ask again is kept before the request leaves: a lost answer loses nothing.
 */
export async function loadTablet(
  request: LoadRequest,
): Promise<Result<{ tablet: KeptTablet; opened: Opened }, LoadProblem>> {
  const begun = (await keptTablet(request.id)) ?? (await begin(request));
  // A load that was begun goes on under its own key only: what stands sealed opens with no other.
  const opened = await openTablet(begun, request.secret);
  if (opened === null) return refuse('wrong-pin');
  if (begun.phase !== 'loading') return ok({ tablet: begun, opened });
  const answer = await ask(begun);
  if (!answer.ok) return answer;
  const { signatures, ...load } = answer.value;
  if (
    load.manifestHash !== request.manifestHash ||
    (await manifestHash(load.manifest)) !== request.manifestHash
  ) {
    return refuse('manifest-differs');
  }
  const vouchers: KeptVoucher[] = [];
  for (const [at, pending] of begun.pending.entries()) {
    const group = groupOf(request.manifest, pending.group);
    const finished = group
      ? await finishCredential(pending, signatures[at] ?? '', group.key)
      : refuse('signature-wrong');
    if (!finished.ok) return refuse('vouchers-differ');
    const { spki, prefix, token } = finished.value;
    const pkcs8 = await crypto.subtle.exportKey('pkcs8', pending.privateKey);
    const voucher: Voucher = {
      key: toBase64Url(new Uint8Array(pkcs8)),
      spki,
      prefix,
      token,
      group: pending.group,
    };
    vouchers.push({
      id: randomText(16),
      tablet: request.id,
      group: pending.group,
      sealed: await seal(opened.key, voucher),
    });
    request.onProgress(at + 1, begun.pending.length);
  }
  const tablet: KeptTablet = {
    ...begun,
    phase: 'loaded',
    pending: [],
    load,
    used: load.list.map(() => false),
  };
  const isKept = await keepLoaded(tablet, vouchers);
  void navigator.storage.persist().catch(() => false);
  // Another tab was faster: what it kept is what counts.
  const kept = isKept ? tablet : ((await keptTablet(request.id)) ?? tablet);
  return ok({ tablet: kept, opened });
}

async function begin({ id, secret, round, manifest, groups, onProgress }: LoadRequest) {
  const pinSalt = crypto.getRandomValues(new Uint8Array(16));
  const key = await sealingKey(readTableKey(secret), pinSalt);
  const total = groups.reduce((sum, { residents }) => sum + residents, 0);
  const pending: KeptTablet['pending'][number][] = [];
  for (const { group, residents } of groups) {
    const groupKey = groupOf(manifest, group)?.key ?? '';
    for (let i = 0; i < residents; i++) {
      // Extractable until it is sealed: it must lie on the device under the officers' number.
      pending.push(await beginCredential(round, group, groupKey, { extractable: true }));
      onProgress(pending.length, total);
    }
  }
  const begun: KeptTablet = {
    id,
    phase: 'loading',
    device: randomText(32),
    pinSalt,
    pinCheck: await seal(key, SEALED_WORD),
    pending,
    load: null,
    used: [],
    minutes: null,
  };
  return keepBegun(begun);
}

const REFUSALS: readonly LoadRefusal[] = [
  'not-allowed',
  'not-found',
  'round-not-open',
  'other-device',
  'wrong-state',
  'malformed',
  'vouchers-differ',
  'quota-reached',
];

async function ask(begun: KeptTablet): Promise<Result<TabletLoad, LoadProblem>> {
  let response: Response;
  let answer: unknown;
  try {
    response = await fetch(`/api/tablets/${begun.id}/load`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        device: begun.device,
        blinded: begun.pending.map(({ group, blinded }) => ({ group, value: blinded })),
      }),
    });
    answer = await response.json();
  } catch {
    return refuse('offline');
  }
  if (response.ok) return ok(answer as TabletLoad);
  if (response.status === 401) return refuse('signed-out');
  const { reason } = answer as { readonly reason?: unknown };
  return refuse(REFUSALS.find((each) => each === reason) ?? 'unavailable');
}
