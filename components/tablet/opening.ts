import type { KeptTablet } from './kept';
import { sealingKey, unseal } from './sealing';
import { ownVouchers, unownedVouchers } from './store';
import { readTableKey, turnOf } from './table-key';

/** A tablet that was opened with its key, until the page is left. */
export interface Opened {
  readonly key: CryptoKey;
  /** What takes it back from a voter. */
  readonly turn: string;
}

/** What stands sealed on every tablet, so that a key can be told from another. */
export const SEALED_WORD = 'minka';

/** Opens a tablet with what somebody typed; null when it is not its key. */
export async function openTablet(tablet: KeptTablet, typed: string): Promise<Opened | null> {
  const secret = readTableKey(typed);
  const key = await sealingKey(secret, tablet.pinSalt);
  if ((await unseal(key, tablet.pinCheck)) !== SEALED_WORD) return null;
  await takeOver(tablet.id, key);
  return { key, turn: turnOf(secret) };
}

/** Vouchers that an earlier version left without an owner are of the tablet whose key opens them. */
async function takeOver(tablet: string, key: CryptoKey): Promise<void> {
  const mine = [];
  for (const voucher of await unownedVouchers()) {
    if ((await unseal(key, voucher.sealed)) !== null) mine.push(voucher);
  }
  if (mine.length > 0) await ownVouchers(tablet, mine);
}
