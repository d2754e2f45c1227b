import { contestsFor, optionIds } from '@/lib/rounds/contests';
import { MAX_SEQUENCE } from '@/lib/ballots/body';
import type { Manifest } from '@/lib/rounds/manifest';
import { present } from '@/lib/shared/assert';
import { Growing } from './columns';
import { Credentials } from './credentials';
import type { CheckedPortion } from './lines';

const HASH = 32;
const UNCOUNTABLE = 0xffffffff;

/**
 * All ballot lines in columns: which credential, which number, what was chosen, at which leaf. About
 * a hundred bytes per ballot, so that a province fits into any machine.
 */
export class BallotStore {
  readonly credentials = new Credentials();
  /** Ballot lines. */
  lines = 0;
  private readonly picks = new Growing(new Uint16Array(1024));
  /** By leaf index: where the picks begin. */
  private readonly offsets = new Growing(new Uint32Array(256));
  /** Ballots that name a predecessor: position, credential, number, the leaf they name. */
  private readonly linkColumns = {
    position: new Growing(new Uint32Array(16)),
    slot: new Growing(new Uint32Array(16)),
    sequence: new Growing(new Uint8Array(16)),
    previous: new Growing(new Uint8Array(16 * HASH)),
  };
  /** Per group of the manifest: its contests, as indexes into the manifest's. */
  private readonly contestsOf: readonly (readonly number[])[];
  private nextPick = 0;

  constructor(readonly manifest: Manifest) {
    this.contestsOf = manifest.groups.map(({ id }) =>
      contestsFor(manifest, id).map((contest) => manifest.contests.indexOf(contest)),
    );
  }

  /** Begins with a portion's picks; its lines are then added one by one, in order. */
  beginPortion(portion: CheckedPortion): void {
    this.nextPick = this.picks.length;
    this.picks.append(portion.picks);
  }

  /** Adds the line at `index` of the portion as the leaf at `position`. */
  add(
    portion: CheckedPortion,
    index: number,
    position: number,
  ): { taken: boolean; otherGroup: boolean } {
    this.lines += 1;
    const group = portion.groups[index] ?? 0;
    const begin = portion.countable[index] === 1 ? this.nextPick : UNCOUNTABLE;
    if (begin !== UNCOUNTABLE) this.nextPick = this.endOf(begin, group);
    if (this.offsets.length <= position) this.offsets.extend(position + 1 - this.offsets.length);
    this.offsets.set(position, begin);

    const sequence = portion.sequences[index] ?? 0;
    if (sequence === 0) return { taken: false, otherGroup: false };
    const credential = portion.credentials.subarray(index * HASH, (index + 1) * HASH);
    const { slot, sameGroup } = this.credentials.slotOf(credential, group);
    if (!sameGroup) return { taken: false, otherGroup: true };
    const placed = this.credentials.place(slot, sequence, position);
    if (placed && sequence > 1) {
      this.linkColumns.position.push(position);
      this.linkColumns.slot.push(slot);
      this.linkColumns.sequence.push(sequence);
      this.linkColumns.previous.append(portion.previous.slice(index * HASH, (index + 1) * HASH));
    }
    return { taken: !placed, otherGroup: false };
  }

  /** Every ballot that replaces another, with the leaf it says it replaces. */
  *links(): Generator<{ position: number; slot: number; sequence: number; previous: Uint8Array }> {
    const { position, slot, sequence, previous } = this.linkColumns;
    for (let i = 0; i < position.length; i++) {
      yield {
        position: position.at(i),
        slot: slot.at(i),
        sequence: sequence.at(i),
        previous: previous.slice(i * HASH, (i + 1) * HASH),
      };
    }
  }

  /** Voters per group of the manifest among the first `size` leaves. */
  votersIn(size: number): number[] {
    const voters = this.manifest.groups.map(() => 0);
    for (let slot = 0; slot < this.credentials.count; slot++) {
      if (this.credentials.effectiveIn(slot, size) === 0) continue;
      const group = this.credentials.groupOf(slot);
      // A group that does not exist (V6) has no place here.
      if (group < voters.length) voters[group] = (voters[group] ?? 0) + 1;
    }
    return voters;
  }

  /** Whether the manifest has the credential's group (V6). */
  isKnownGroup(slot: number): boolean {
    return this.credentials.groupOf(slot) < this.manifest.groups.length;
  }

  /** By leaf index: whose ballot it is, and which of hers; 0 where no ballot has its place. */
  byPosition(): { readonly slots: Uint32Array; readonly sequences: Uint8Array } {
    const slots = new Uint32Array(this.offsets.length);
    const sequences = new Uint8Array(this.offsets.length);
    for (let slot = 0; slot < this.credentials.count; slot++) {
      for (let sequence = 1; sequence <= MAX_SEQUENCE; sequence++) {
        const position = this.credentials.positionOf(slot, sequence);
        if (position === 0) continue;
        slots[position] = slot;
        sequences[position] = sequence;
      }
    }
    return { slots, sequences };
  }

  /** The choices of a credential's ballot at a leaf, by contest; nothing when they do not count. */
  picksAt(
    slot: number,
    position: number,
    each: (contest: number, picks: Uint16Array) => void,
  ): void {
    let at = this.offsets.at(position);
    if (at === UNCOUNTABLE) return;
    for (const contest of this.contestsOf[this.credentials.groupOf(slot)] ?? []) {
      const length = this.picks.at(at);
      each(contest, this.picks.slice(at + 1, at + 1 + length));
      at += 1 + length;
    }
  }

  /** Of every credential entitled to the contest, the choices that count in the first `size` leaves. */
  *choicesIn(size: number, contest: number): Generator<readonly string[]> {
    const options = optionIds(present(this.manifest.contests[contest], 'a contest'));
    for (let slot = 0; slot < this.credentials.count; slot++) {
      const position = this.credentials.effectiveIn(slot, size);
      if (position === 0) continue;
      const begin = this.offsets.at(position);
      if (begin === UNCOUNTABLE) continue;
      const own = this.contestsOf[this.credentials.groupOf(slot)]?.indexOf(contest) ?? -1;
      if (own < 0) continue;
      let at = begin;
      for (let before = 0; before < own; before++) at += 1 + this.picks.at(at);
      const chosen: string[] = [];
      for (let i = 1; i <= this.picks.at(at); i++) {
        chosen.push(present(options[this.picks.at(at + i)], 'an option'));
      }
      yield chosen;
    }
  }

  private endOf(begin: number, group: number): number {
    let at = begin;
    for (const _ of this.contestsOf[group] ?? []) at += 1 + this.picks.at(at);
    return at;
  }
}
