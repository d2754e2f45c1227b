import type { NoteOf } from '@/lib/record/format';
import type { PlacedNote } from '@/lib/record/notes';
import type { Manifest } from '@/lib/rounds/manifest';
import type { Findings } from '../report';

/**
 * V13: what came out of every urn is what its signed minutes said before anybody keyed it, keyed by
 * two people, never more than walked in. The same for tablets that worked without network.
 */
export function checkMinutes(
  notes: readonly PlacedNote[],
  manifest: Manifest,
  sealed: boolean,
  findings: Findings,
): void {
  const minutes = new Map<string, { position: number; note: NoteOf<'paper-minutes'> }>();
  const tablets = new Set<string>();
  const piles = new Set<string>();
  for (const { position, note } of notes) {
    if (note.type === 'paper-minutes') {
      if (minutes.has(note.minutes)) {
        findings.add('V13', 'minutes-twice', { minutes: note.minutes });
        continue;
      }
      minutes.set(note.minutes, { position, note });
      checkPaperMinutes(note, manifest, findings);
    } else if (note.type === 'tablet-minutes') {
      if (tablets.has(note.minutes)) {
        findings.add('V13', 'minutes-twice', { minutes: note.minutes });
      }
      tablets.add(note.minutes);
      checkTablet(note, findings);
    }
  }
  for (const { position, note } of notes) {
    if (note.type !== 'paper-ballots') continue;
    const of = minutes.get(note.minutes);
    if (piles.has(note.minutes)) findings.add('V13', 'pile-twice', { minutes: note.minutes });
    piles.add(note.minutes);
    checkPile(note, findings);
    if (of === undefined) {
      findings.add('V13', 'pile-without-minutes', { minutes: note.minutes });
      continue;
    }
    if (position < of.position) {
      findings.add('V13', 'pile-before-minutes', { minutes: note.minutes });
    }
    if (note.ballots.length !== of.note.ballots) {
      const numbers = { pile: note.ballots.length, said: of.note.ballots };
      findings.add('V13', 'pile-other-number', { minutes: note.minutes, ...numbers });
    }
    const { group } = of.note;
    if (note.ballots.some((ballot) => ballot.group !== group)) {
      findings.add('V13', 'pile-other-group', { minutes: note.minutes, group });
    }
  }
  for (const id of minutes.keys()) {
    if (sealed && !piles.has(id)) findings.add('V13', 'pile-missing', { minutes: id });
  }
  findings.finish('V13', { minutes: minutes.size, tablets: tablets.size });
}

function checkPaperMinutes(
  note: NoteOf<'paper-minutes'>,
  manifest: Manifest,
  findings: Findings,
): void {
  const { minutes, group, ballots, spoiled, checkIns } = note;
  if (!manifest.groups.some(({ id }) => id === group)) {
    findings.add('V13', 'minutes-unknown-group', { minutes, group });
  }
  if (ballots + spoiled > checkIns) {
    findings.add('V13', 'minutes-too-many-ballots', { minutes, ballots, spoiled, checkIns });
  }
}

function checkPile(note: NoteOf<'paper-ballots'>, findings: Findings): void {
  const { minutes, keyedBy, arbitratedBy } = note;
  const [first, second] = keyedBy;
  if (first === second) findings.add('V13', 'pile-one-officer', { minutes });
  if (arbitratedBy !== null && keyedBy.includes(arbitratedBy)) {
    findings.add('V13', 'pile-arbiter-keyed', { minutes });
  }
  const texts = note.ballots.map((ballot) => JSON.stringify(ballot));
  if (texts.some((text, index) => index > 0 && text < (texts[index - 1] ?? ''))) {
    findings.add('V13', 'pile-unsorted', { minutes });
  }
}

function checkTablet(note: NoteOf<'tablet-minutes'>, findings: Findings): void {
  const { minutes, ballots, checkIns, vouchers } = note;
  if (ballots > checkIns) {
    findings.add('V13', 'tablet-too-many-ballots', { minutes, ballots, checkIns });
  }
  if (checkIns > vouchers) {
    findings.add('V13', 'tablet-too-many-check-ins', { minutes, checkIns, vouchers });
  }
}
