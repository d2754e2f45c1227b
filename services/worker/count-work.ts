import { countRound } from '@/lib/results/count';
import type { ResultDocument, VoteEffect } from '@/lib/results/document';
import { parseManifest } from '@/lib/rounds/manifest';
import { refuseMoreCastThanIssued, verifyRecord, type FetchedRecord } from './closed-record';
import { StepFailure } from './step-failure';

/** All that a count needs, as plain data: it travels to the thread that counts. */
export interface CountWork {
  /** Exact text of the frozen manifest, and its hash. */
  readonly text: string;
  readonly hash: string;
  readonly record: FetchedRecord;
  readonly lotSeed: string;
  readonly issuedByGroup: Readonly<Record<string, number>>;
  readonly voteEffect: VoteEffect;
}

/** Verifies the record and counts it: minutes of arithmetic on a large round. Throws StepFailure. */
export function countWork(work: CountWork, onVerified: () => void): ResultDocument {
  const { text, hash, lotSeed, issuedByGroup, voteEffect } = work;
  const manifest = parseManifest(text);
  if (!manifest.ok) throw new StepFailure('failed-record', { problem: 'frozen-manifest' });
  const record = verifyRecord({ manifest: manifest.value, text, hash }, work.record);
  refuseMoreCastThanIssued(record.effective, issuedByGroup);
  onVerified();
  return countRound({
    manifest: manifest.value,
    manifestHash: hash,
    ballots: record.effective,
    recordRoot: record.root,
    lotSeed,
    issuedByGroup,
    voteEffect,
  });
}
