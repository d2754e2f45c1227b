import { sameBytes } from '@/lib/record/merkle';
import { MAX_SEQUENCE } from '@/lib/ballots/body';
import { Growing } from './columns';

const HASH = 32;

/**
 * The ballots of every credential: 52 fixed bytes each, whatever the number of ballots. Positions
 * are leaf indexes; 0 is the manifest and so stands for none.
 */
export class Credentials {
  /** Credentials seen. */
  count = 0;
  private readonly hashes = new Growing(new Uint8Array(HASH * 64));
  private readonly positions = new Growing(new Uint32Array(MAX_SEQUENCE * 64));
  private readonly groups = new Growing(new Uint16Array(64));
  /** Open addressing by the first four bytes, which are those of a hash; 0 is free. */
  private table = new Uint32Array(256);

  /** The credential's number, from 0; a new one when it has not been seen. */
  slotOf(credential: Uint8Array, group: number): { slot: number; sameGroup: boolean } {
    let place = this.placeOf(credential);
    for (;;) {
      const found = this.table[place] ?? 0;
      if (found === 0) break;
      const slot = found - 1;
      if (sameBytes(this.hashes.slice(slot * HASH, (slot + 1) * HASH), credential)) {
        return { slot, sameGroup: this.groups.at(slot) === group };
      }
      place = (place + 1) & (this.table.length - 1);
    }
    const slot = this.count++;
    this.hashes.append(credential);
    this.positions.extend(MAX_SEQUENCE);
    this.groups.push(group);
    this.table[place] = slot + 1;
    if (this.count * 2 > this.table.length) this.rehash();
    return { slot, sameGroup: true };
  }

  /** Puts a ballot in its place; false when that place is taken. */
  place(slot: number, sequence: number, position: number): boolean {
    const at = slot * MAX_SEQUENCE + sequence - 1;
    if (this.positions.at(at) !== 0) return false;
    this.positions.set(at, position);
    return true;
  }

  /** Position of the ballot with this number, or 0. */
  positionOf(slot: number, sequence: number): number {
    return this.positions.at(slot * MAX_SEQUENCE + sequence - 1);
  }

  groupOf(slot: number): number {
    return this.groups.at(slot);
  }

  /** Position of the ballot that counts among the first `size` leaves, or 0. */
  effectiveIn(slot: number, size: number): number {
    for (let sequence = MAX_SEQUENCE; sequence > 0; sequence--) {
      const position = this.positionOf(slot, sequence);
      if (position !== 0 && position < size) return position;
    }
    return 0;
  }

  private placeOf(credential: Uint8Array): number {
    const view = new DataView(credential.buffer, credential.byteOffset, 4);
    return view.getUint32(0) & (this.table.length - 1);
  }

  private rehash(): void {
    this.table = new Uint32Array(this.table.length * 4);
    for (let slot = 0; slot < this.count; slot++) {
      let place = this.placeOf(this.hashes.slice(slot * HASH, (slot + 1) * HASH));
      while (this.table[place] !== 0) place = (place + 1) & (this.table.length - 1);
      this.table[place] = slot + 1;
    }
  }
}
