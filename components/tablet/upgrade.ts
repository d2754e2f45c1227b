import type { BallotBody, BallotLine } from '@/lib/ballots/body';
import type { TabletMinutes } from '@/lib/tablets/types';

/**
 * Version 1 of a tablet's database did not say whose a voucher or a ballot was, because a device
 * was thought to serve one tablet. What it holds is given an owner once, when version 2 opens it.
 */

/** Owner of a voucher that only a key can tell: the tablet whose key opens it takes it over. */
export const UNOWNED = '';

/** What of a kept tablet decides what is its own. */
export interface OldTablet {
  readonly id: string;
  readonly phase: 'loading' | 'loaded' | 'closed' | 'synced';
  readonly load: { readonly round: string; readonly list: readonly { group: string }[] } | null;
  readonly used: readonly boolean[];
  readonly minutes: TabletMinutes | null;
}

interface OldBallot {
  readonly id: string;
  readonly line: BallotLine;
}

/** Whose the vouchers are: version 1 left some on the device for tablets in use only. */
export function voucherOwner(tablets: readonly OldTablet[]): string {
  const [only, ...others] = tablets.filter(({ phase }) => phase === 'loaded');
  return only !== undefined && others.length === 0 ? only.id : UNOWNED;
}

/**
 * Whose each ballot is: as many of a round and group to each tablet as people of that group voted
 * on it. Which of two tablets of one round took a ballot is written nowhere, and need not be: both
 * bring theirs to the same box, and only how many of each group there are is compared.
 */
export function ballotOwners(
  tablets: readonly OldTablet[],
  ballots: readonly OldBallot[],
): Map<string, string> {
  const held = tablets
    .filter(({ phase }) => phase === 'loaded' || phase === 'closed')
    .flatMap(({ id, load, used }) => (load === null ? [] : [{ id, load, used }]));
  const room = new Map<string, number>();
  const place = (tablet: string, group: string): string => JSON.stringify([tablet, group]);
  for (const { id, load, used } of held) {
    load.list.forEach(({ group }, entry) => {
      if (used[entry] !== true) return;
      room.set(place(id, group), (room.get(place(id, group)) ?? 0) + 1);
    });
  }
  const owners = new Map<string, string>();
  for (const ballot of ballots) {
    const { r: round, d: group } = JSON.parse(ballot.line[0]) as BallotBody;
    const possible = held.filter(({ load }) => load.round === round);
    const owner =
      possible.find(({ id }) => (room.get(place(id, group)) ?? 0) > 0) ?? possible[0] ?? held[0];
    if (owner === undefined) continue;
    const at = place(owner.id, group);
    room.set(at, (room.get(at) ?? 0) - 1);
    owners.set(ballot.id, owner.id);
  }
  return owners;
}

/**
 * Whether closing minutes counted another tablet's ballots. The registry never took such minutes
 * (more ballots than people who voted), so the tablet may be closed once more, with its own.
 */
export function countedOthers({ phase, minutes, used }: OldTablet): boolean {
  return phase === 'closed' && minutes !== null && minutes.ballots > used.filter(Boolean).length;
}
