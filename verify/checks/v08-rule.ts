import { checkChoices } from '@/lib/ballots/rules';
import type { BallotReason } from '@/lib/ballots/types';
import type { RecordNote } from '@/lib/record/format';
import type { Manifest } from '@/lib/rounds/manifest';
import type { Findings, LinePlace } from '../report';

/** V8: every ballot is one of this round, written in the one way, and chooses what the rules allow. */

/** What V6 and V7 answer; whatever else a ballot is refused for is against the rules. */
const OF_OTHERS: readonly BallotReason[] = ['unknown-group', 'token-invalid', 'signature-invalid'];

export function checkRule(reason: BallotReason, place: LinePlace, findings: Findings): void {
  if (reason === 'malformed' || reason === 'too-large') {
    findings.add('V8', 'ballot-malformed', { ...place });
  } else if (reason === 'unknown-round' || reason === 'other-manifest') {
    findings.add('V8', 'ballot-of-other-round', { ...place });
  } else if (!OF_OTHERS.includes(reason)) {
    findings.add('V8', 'choices-invalid', { ...place, reason });
  }
}

/** The same rules for ballots keyed from paper. */
export function checkPaperChoices(
  notes: readonly RecordNote[],
  manifest: Manifest,
  findings: Findings,
): void {
  for (const note of notes) {
    if (note.type !== 'paper-ballots') continue;
    note.ballots.forEach(({ group, choices }, index) => {
      const rule = checkChoices(manifest, group, choices);
      if (rule.ok) return;
      const place = { minutes: note.minutes, line: index + 1, reason: rule.reason };
      findings.add('V8', 'paper-choices-invalid', place);
    });
  }
}
