import { sign, type KeyObject } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { lineText } from '@/lib/ballots/body';
import { codeFromDigest } from '@/lib/ballots/receipt';
import { promiseText, type CastPromise } from '@/lib/ballots/types';
import { RECORD_FILES } from '@/lib/record/format';
import { leafHash } from '@/lib/record/merkle';
import { toBase64Url, utf8 } from '@/lib/shared/bytes';
import { PROOF_CODES, readProof, type ProofReport } from './proof';
import { reportText } from './report-text';
import { verifyRecord } from './run';
import { inlineCrypto } from './testing/inline-crypto';
import { memorySource } from './testing/memory-source';
import { naiveProofVerdict } from './testing/naive-proof';
import {
  assemble,
  checkpointNote,
  makeWitness,
  sha256,
  type RecordDraft,
  type RecordFileMap,
} from './testing/record-draft';
import { syntheticRecord } from './testing/synthetic-record';
import { ballotAt, forkedNote, refiled, singleBallots, textIn } from './testing/tampering';
import { WORDS } from './words/words';

/** Long after the close, and before it: the box promises for the end of the voting. */
const LATE = new Date('2099-01-01T00:30:00.000Z');
const EARLY = new Date('2098-12-31T23:00:00.000Z');

interface State {
  readonly draft: RecordDraft;
  readonly files: RecordFileMap;
}
let sealed: State;
let open: State;
let closed: State;
/** A real ballot of the record, and one that the box promised and dropped. */
let kept: CastPromise;
let dropped: CastPromise;

beforeAll(() => {
  const draft = syntheticRecord({ voters: 20, revotesPerCent: 10, batch: 6, live: false, seed: 5 });
  const part = (state: RecordDraft['state'], batches: number): State => {
    const checkpoints = draft.checkpoints.slice(0, batches + 1);
    const items = draft.items.slice(0, (checkpoints.at(-1) ?? 1) - 1);
    const own = { ...draft, items, checkpoints, state };
    return { draft: own, files: assemble(own) };
  };
  sealed = { draft, files: assemble(draft) };
  open = part('open', 2);
  closed = part('closed', draft.checkpoints.length - 2);
  const { line, receipt } = ballotAt(draft, singleBallots(draft)[0] ?? -1);
  kept = promised(toBase64Url(leafHash(utf8(lineText(line)), sha256)), receipt);
  const gone = sha256(utf8('dropped'));
  dropped = promised(toBase64Url(gone), codeFromDigest(gone));
});

function promised(leaf: string, code: string, key?: KeyObject): CastPromise {
  const { manifest, recordKey } = sealed.draft;
  const content = { round: manifest.round, leaf, code, includeBy: manifest.closesAt };
  const signature = sign(null, utf8(promiseText(content)), key ?? recordKey);
  return { ...content, signature: toBase64Url(signature) };
}

/** As `components/booth/proof.ts` writes it. */
function proof(promise: CastPromise | null, changes: object = {}): string {
  return JSON.stringify({
    kind: 'minka/proof/v1',
    round: sealed.draft.manifest.round,
    failed: ['included'],
    ...(promise === null ? {} : { promise }),
    checkpoint: textIn(open.files, RECORD_FILES.checkpoint),
    seen: null,
    ...changes,
  });
}

async function judged(text: string, { files }: State, now: Date) {
  const file = readProof(utf8(text));
  if (file === null) throw new Error('No proof');
  const options = { manifestHash: null, since: null, proof: { file, now } };
  const report = await verifyRecord(memorySource(files), inlineCrypto, options);
  return { report, proof: report.proof as ProofReport };
}

type Row = readonly [
  name: string,
  text: () => string,
  record: () => State,
  now: Date,
  verdict: ProofReport['verdict'],
  code: ProofReport['findings'][number]['code'],
];
const rows: readonly Row[] = [
  ['a kept promise', () => proof(kept), () => sealed, LATE, 'kept', 'promise-kept'],
  ['no promise', () => proof(null), () => sealed, LATE, 'kept', 'promise-absent'],
  ['a dropped ballot', () => proof(dropped), () => sealed, EARLY, 'breach', 'promise-missing'],
  [
    'a promise of another code',
    () => proof(promised(kept.leaf, dropped.code)),
    () => sealed,
    LATE,
    'breach',
    'promise-code-missing',
  ],
  [
    'a promise signed by somebody else',
    () => proof(promised(dropped.leaf, dropped.code, makeWitness('x').privateKey)),
    () => sealed,
    LATE,
    'invalid',
    'promise-forged',
  ],
  [
    'a promise with another ballot written into it',
    () => proof({ ...kept, leaf: dropped.leaf }),
    () => sealed,
    LATE,
    'invalid',
    'promise-forged',
  ],
  [
    'a promise with another hour written into it',
    () => proof({ ...dropped, includeBy: '2026-01-01T00:00:00.000Z' }),
    () => sealed,
    LATE,
    'invalid',
    'promise-forged',
  ],
  [
    'a promise with a signature that is none',
    () => proof({ ...dropped, signature: 'x' }),
    () => sealed,
    LATE,
    'invalid',
    'promise-forged',
  ],
  [
    'a proof of another round',
    () => proof(kept, { round: 'pp2026-votacion' }),
    () => sealed,
    LATE,
    'invalid',
    'other-round',
  ],
  [
    'a copy made while people voted',
    () => proof(dropped),
    () => open,
    LATE,
    'waits',
    'promise-waits',
  ],
  ['an early close', () => proof(dropped), () => closed, EARLY, 'waits', 'promise-waits'],
  ['a close without it', () => proof(dropped), () => closed, LATE, 'breach', 'promise-missing'],
  [
    'a checkpoint of other leaves',
    () => proof(kept, { checkpoint: forkedNote(sealed.draft, 9) }),
    () => sealed,
    LATE,
    'breach',
    'checkpoint-contradicts',
  ],
  [
    'something seen before that is not there any more',
    () => proof(null, { seen: forkedNote(sealed.draft, 5) }),
    () => sealed,
    LATE,
    'breach',
    'checkpoint-contradicts',
  ],
  [
    'a checkpoint beyond the end',
    () => proof(null, { checkpoint: forkedNote(sealed.draft, 900) }),
    () => sealed,
    LATE,
    'breach',
    'checkpoint-contradicts',
  ],
  [
    'two checkpoints of one size, beyond an old copy',
    () =>
      proof(null, {
        checkpoint: forkedNote(sealed.draft, 30),
        seen: checkpointNote(sealed.draft, 30, sha256(utf8('a third story'))),
      }),
    () => open,
    LATE,
    'breach',
    'checkpoint-contradicts',
  ],
  [
    'a newer checkpoint than an old copy',
    () => proof(null, { checkpoint: textIn(sealed.files, RECORD_FILES.checkpoint) }),
    () => open,
    LATE,
    'waits',
    'checkpoint-newer',
  ],
  [
    'a checkpoint that nobody signed',
    () => proof(kept, { checkpoint: 'minka/x\n1\nAAAA\n' }),
    () => sealed,
    LATE,
    'invalid',
    'checkpoint-unsigned',
  ],
  [
    'a broken promise in a file with lies in it',
    () => proof(dropped, { seen: 'made up' }),
    () => sealed,
    LATE,
    'breach',
    'promise-missing',
  ],
];

describe('a phone’s proof', () => {
  it.each(rows)('with %s', async (_, text, record, now, verdict, code) => {
    const { report, proof: found } = await judged(text(), record(), now);
    expect(report.verdict).not.toBe('failed');
    expect(found.verdict).toBe(verdict);
    expect(found.findings.map((finding) => finding.code)).toContain(code);
    expect(naiveProofVerdict(record().files, text(), now)).toBe(verdict);
  });

  it('accuses nobody when the copy of the record is damaged', async () => {
    const damaged = refiled(sealed, (files) => {
      const leaves = files.get(RECORD_FILES.leaves(0)) ?? new Uint8Array();
      leaves[40] = (leaves[40] ?? 0) ^ 1;
    });
    const { report, proof: found } = await judged(
      proof(dropped),
      { ...sealed, files: damaged },
      LATE,
    );
    expect(report.verdict).toBe('failed');
    expect(found).toEqual({ verdict: 'unchecked', findings: [] });
  });

  it('is reported in words, and neither ballot nor code nor place are told', async () => {
    const { report } = await judged(proof(dropped), sealed, LATE);
    const text = reportText(report, 'es');
    expect(text).toContain('desde 31/12/2098, 19:00 (hora de Lima), y no está en el registro.');
    expect(text).toContain('La prueba es auténtica y la urna NO cumplió lo que firmó.');
    const { report: good } = await judged(proof(kept), sealed, LATE);
    for (const said of [
      text,
      reportText(good, 'en'),
      JSON.stringify(good),
      JSON.stringify(report),
    ]) {
      for (const secret of [kept.leaf, kept.code, dropped.leaf, dropped.code]) {
        expect(said).not.toContain(secret);
      }
    }
    for (const { proof: words } of [WORDS.es, WORDS.en]) {
      for (const code of PROOF_CODES) expect(words.findings[code]({})).toMatch(/\.$/);
    }
  });

  it.each(['', '{}', '[]', '{"kind":"minka/proof/v2"}'])('is not %j', (text) => {
    expect(readProof(utf8(text))).toBeNull();
    const twoLines = { ...kept, code: `${kept.code}\n2099` };
    expect(readProof(utf8(proof(twoLines)))).toBeNull();
  });
});
