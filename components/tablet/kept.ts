import type { PendingCredential } from '@/lib/ballots/credential';
import type { TabletBallot } from '@/lib/tablets/return-file';
import type { TabletLoad, TabletMinutes } from '@/lib/tablets/types';
import type { Sealed } from './sealing';

/**
 * What a device keeps for its tablets, in IndexedDB. It may serve several, so every voucher and
 * every ballot says whose it is; nothing joins an entry of a list to a ballot.
 */

export interface KeptTablet {
  readonly id: string;
  readonly phase: 'loading' | 'loaded' | 'closed' | 'synced';
  /** Base64url of 32 bytes: proves to the registry that it is the same device. */
  readonly device: string;
  readonly pinSalt: Uint8Array<ArrayBuffer>;
  /** Opens with the right key only. */
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
  readonly tablet: string;
  readonly group: string;
  readonly sealed: Sealed;
}

export interface KeptBallot extends TabletBallot {
  /** Random: their order says nothing. */
  readonly id: string;
  readonly tablet: string;
}
