import { hash } from 'node:crypto';

/**
 * A public sample of a frozen roll: rows drawn by a seed that nobody could choose, each opened
 * against the Merkle root that the manifest names for its group (lib/roll/commitment.ts). Who visits
 * 299 people and finds all of them knows with 95 % confidence that fewer than 1 % are invented
 * (0.99^299 < 0.05).
 */

/** One row of a group's roll, with what proves that it was on it when the round opened. */
export interface OpenedRow {
  readonly group: string;
  /** Place among the group's leaves in ascending order, from 0. */
  readonly index: number;
  /** Hex, 32 bytes each. */
  readonly salt: string;
  readonly dniHash: string;
  /** Hex hashes of siblings from the leaf up (RFC 9162 §2.1.3). */
  readonly path: readonly string[];
}

/** Six bytes of a hash are a number a double can hold. */
const DRAWS = 2 ** 48;

/**
 * Places of the rows to open among `total`, ascending and each once; all of them when no more are
 * there. Draw n is the first six bytes of SHA-256("minka/roll-sample/v1|" + seed + "|" + n); those
 * that would favour some rows are drawn again.
 *
 * @throws RangeError for a total or a wish below zero or not whole.
 */
export function drawSample(seed: string, total: number, wanted: number): number[] {
  for (const count of [total, wanted]) {
    if (!Number.isSafeInteger(count) || count < 0) throw new RangeError('Rows are whole numbers');
  }
  const drawn = new Set<number>();
  const fair = DRAWS - (DRAWS % Math.max(total, 1));
  for (let draw = 0; drawn.size < Math.min(wanted, total); draw += 1) {
    const bytes = hash('sha256', `minka/roll-sample/v1|${seed}|${draw}`, 'buffer');
    const value = bytes.readUIntBE(0, 6);
    if (value < fair) drawn.add(value % total);
  }
  return [...drawn].sort((a, b) => a - b);
}

/**
 * Whether a row stood at its place on the roll of `size` people whose root this is (hex).
 * RFC 9162 §2.1.3.2; never throws for a row somebody has touched.
 */
export function isOnRoll(row: OpenedRow, size: number, root: string): boolean {
  const parts = [row.salt, row.dniHash, ...row.path].map(bytesOf);
  if (parts.includes(null) || !(row.index >= 0 && row.index < size)) return false;
  const [salt = EMPTY, dniHash = EMPTY, ...path] = parts as Uint8Array[];
  let node: Uint8Array = hash('sha256', Buffer.concat([Buffer.of(0), salt, dniHash]), 'buffer');
  let place = row.index;
  let last = size - 1;
  for (const sibling of path) {
    if (last === 0) return false;
    if (place % 2 === 1 || place === last) {
      node = nodeOf(sibling, node);
      while (place % 2 === 0 && place !== 0) {
        place = Math.floor(place / 2);
        last = Math.floor(last / 2);
      }
    } else {
      node = nodeOf(node, sibling);
    }
    place = Math.floor(place / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && Buffer.from(node).toString('hex') === root;
}

const EMPTY = new Uint8Array(0);

function bytesOf(hex: string): Uint8Array | null {
  return /^[0-9a-f]{64}$/.test(hex) ? Buffer.from(hex, 'hex') : null;
}

function nodeOf(left: Uint8Array, right: Uint8Array): Uint8Array {
  return hash('sha256', Buffer.concat([Buffer.of(1), left, right]), 'buffer');
}
