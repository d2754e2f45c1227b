import { toBase64 } from '@/lib/record/checkpoint';
import { announcedTally, RECORD_FILES, type AnnouncedTally } from '@/lib/record/format';
import type { Sha256 } from '@/lib/record/merkle';
import { toHex, utf8 } from '@/lib/shared/bytes';
import { ENGINE_VERSION } from '@/lib/tally/version';
import type { AnnouncedContest } from '../count';
import type { Findings, FindingCode, Params } from '../report';
import { sameJson } from '../same';
import { jsonOf } from '../source';
import type { ReadManifest } from './v01-manifest';

/** V10: the announced count is the one these ballots give, with the committed lot. */

export function readTally(bytes: Uint8Array, findings: Findings): AnnouncedTally | null {
  const parsed = announcedTally.safeParse(jsonOf(bytes));
  if (parsed.success) return parsed.data;
  findings.add('V10', 'tally-malformed', { file: RECORD_FILES.tally });
  return null;
}

/** The seed, when it is the one the manifest committed to: with another the lot means nothing. */
export function committedSeed(
  announced: AnnouncedTally,
  { manifest }: ReadManifest,
  sha256: Sha256,
  findings: Findings,
): string {
  if (toHex(sha256(utf8(announced.lotSeed))) !== manifest.lotSeedCommitment) {
    findings.add('V10', 'lot-seed-differs');
  }
  return announced.lotSeed;
}

export function checkRecount(
  announced: AnnouncedTally,
  own: {
    readonly round: string;
    readonly manifestHash: string;
    readonly root: Uint8Array;
    readonly ballots: number;
    readonly contests: readonly AnnouncedContest[];
  },
  findings: Findings,
): void {
  const add = (code: FindingCode, params: Params = {}): void => {
    findings.add('V10', code, params);
  };
  if (announced.round !== own.round || announced.manifestHash !== own.manifestHash) {
    add('tally-other-manifest');
  }
  if (announced.root !== toBase64(own.root)) add('tally-other-root');
  if (announced.engine !== ENGINE_VERSION) {
    add('tally-other-engine', { announced: announced.engine, own: ENGINE_VERSION });
  }
  if (announced.ballots !== own.ballots) {
    add('tally-other-ballots', { announced: announced.ballots, own: own.ballots });
  }
  const ids = (contests: readonly AnnouncedContest[]): string =>
    contests.map(({ id, kind }) => `${kind} ${id}`).join('\n');
  if (ids(announced.contests) !== ids(own.contests)) {
    add('tally-other-contests');
    return;
  }
  own.contests.forEach((counted, index) => {
    const said = announced.contests[index];
    if (said) compare(said, counted, add);
  });
}

function compare(
  said: AnnouncedContest,
  counted: AnnouncedContest,
  add: (code: FindingCode, params: Params) => void,
): void {
  const contest = counted.id;
  if (said.voters !== counted.voters || said.blank !== counted.blank) {
    add('tally-other-voters', { contest, announced: said.voters, own: counted.voters });
  }
  if (said.kind === 'rank' && counted.kind === 'rank') {
    if (!sameJson(said.ranking, counted.ranking)) add('tally-other-ranking', { contest });
  }
  if (said.kind === 'allocate' && counted.kind === 'allocate') {
    if (!sameJson(said.winners, counted.winners)) add('tally-other-winners', { contest });
    if (said.costCents !== counted.costCents) {
      add('tally-other-cost', { contest, announced: said.costCents, own: counted.costCents });
    }
  }
  if (!sameJson(said.ties, counted.ties)) add('tally-other-ties', { contest });
}
