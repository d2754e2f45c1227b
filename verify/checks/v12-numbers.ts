import { readCode } from '@/lib/ballots/receipt';
import type { EffectiveBallot } from '@/lib/record/ballots';
import { RECORD_FILES, type NoteOf, type RecordNote } from '@/lib/record/format';
import type { Manifest } from '@/lib/rounds/manifest';
import { Growing } from '../columns';
import type { Findings } from '../report';
import { textOf } from '../source';

/**
 * V12: nobody voted who was not given a right, nobody was given more than the roll has people, per
 * group and per way of voting; and every batch has one receipt per ballot.
 */
export function checkIssuance(
  notes: readonly RecordNote[],
  manifest: Manifest,
  /** Voters seen, by index of group. */
  voters: readonly number[],
  paper: readonly EffectiveBallot[],
  findings: Findings,
): void {
  const [issued, second] = notes.filter((note) => note.type === 'issuance');
  if (issued === undefined) findings.add('V12', 'issuance-missing');
  if (second !== undefined) findings.add('V12', 'issuance-twice');
  if (issued === undefined) return;
  const groups = new Set(manifest.groups.map(({ id }) => id));
  for (const group of groupsIn(issued)) {
    if (!groups.has(group)) findings.add('V12', 'issuance-unknown-group', { group });
  }
  manifest.groups.forEach(({ id: group, eligible }, index) => {
    const electronic = given(issued.phone, group) + given(issued.desk, group);
    const anonymous = electronic + given(issued.tablet, group);
    const onPaper = given(issued.paper, group);
    const seen = voters[index] ?? 0;
    const paperSeen = paper.filter((ballot) => ballot.group === group).length;
    if (seen > anonymous) {
      findings.add('V12', 'more-seen-than-issued', { group, seen, issued: anonymous });
    }
    if (paperSeen > onPaper) {
      findings.add('V12', 'more-paper-than-issued', { group, seen: paperSeen, issued: onPaper });
    }
    const checkIns = checkInsOf(notes, group);
    if (checkIns > onPaper) {
      findings.add('V12', 'more-check-ins-than-issued', { group, checkIns, issued: onPaper });
    }
    if (anonymous + onPaper > eligible) {
      const all = anonymous + onPaper;
      findings.add('V12', 'more-issued-than-eligible', { group, issued: all, eligible });
    }
  });
}

/** People checked in at the paper tables of a group; minutes that appear twice count once (V13). */
function checkInsOf(notes: readonly RecordNote[], group: string): number {
  const minutes = new Map<string, number>();
  for (const note of notes) {
    if (note.type !== 'paper-minutes' || note.group !== group) continue;
    if (!minutes.has(note.minutes)) minutes.set(note.minutes, note.checkIns);
  }
  return [...minutes.values()].reduce((sum, each) => sum + each, 0);
}

const given = (of: Readonly<Record<string, number>>, group: string): number =>
  Object.hasOwn(of, group) ? (of[group] ?? 0) : 0;

function groupsIn({ phone, desk, tablet, paper }: NoteOf<'issuance'>): Set<string> {
  return new Set([phone, desk, tablet, paper].flatMap((each) => Object.keys(each)));
}

const CODE_BYTES = 8;

/** Receipts of all batches, in 8 bytes each, so that a repeated one is seen. */
export class ReceiptCheck {
  private readonly codes = new Growing(new Uint8Array(1024 * CODE_BYTES));
  private receipts = 0;
  private batchDiffers = false;

  constructor(private readonly findings: Findings) {}

  /** `bytes` null: the batch published no receipts. `exact`: how many ballots it had is known. */
  check(batch: number, bytes: Uint8Array | null, ballots: number, exact: boolean): void {
    const file = RECORD_FILES.receipts(batch);
    const lines = (bytes === null ? '' : (textOf(bytes) ?? '?')).split('\n');
    if (lines.pop() !== '') this.findings.add('V12', 'file-malformed', { file });
    let before = '';
    for (const code of lines) {
      if (readCode(code) !== code) this.findings.add('V12', 'receipt-invalid', { file });
      else this.codes.append(packed(code));
      if (code < before) this.findings.add('V12', 'receipts-unsorted', { file });
      before = code;
    }
    this.receipts += lines.length;
    if (exact ? lines.length !== ballots : lines.length > ballots) {
      this.batchDiffers = true;
      this.findings.add('V12', 'receipts-differ', { file, receipts: lines.length, ballots });
    }
  }

  /** Whether a batch published this code, thirteen characters with the right last one. */
  has(code: string): boolean {
    const [wanted] = new BigUint64Array(packed(code).buffer);
    return wanted !== undefined && this.all().includes(wanted);
  }

  /** `ballots` in the whole record, where they are known: batches come from a list nobody signed. */
  finish(ballots: number | null): void {
    if (!this.batchDiffers && ballots !== null && this.receipts !== ballots) {
      this.findings.add('V12', 'receipts-other-total', { receipts: this.receipts, ballots });
    }
    const all = this.all().sort();
    for (let i = 1; i < all.length; i++) {
      if (all[i] === all[i - 1]) this.findings.add('V12', 'receipt-twice');
    }
    this.findings.finish('V12', { receipts: this.receipts });
  }

  private all(): BigUint64Array {
    return new BigUint64Array(this.codes.slice(0, this.codes.length).slice().buffer);
  }
}

/** Twelve characters of five bits; the thirteenth follows from them. */
function packed(code: string): Uint8Array {
  let bits = 0n;
  for (const character of code.slice(0, 12)) {
    bits = bits * 32n + BigInt('0123456789ABCDEFGHJKMNPQRSTVWXYZ'.indexOf(character));
  }
  const bytes = new Uint8Array(CODE_BYTES);
  new DataView(bytes.buffer).setBigUint64(0, bits);
  return bytes;
}
