import { beforeAll, describe, expect, it } from 'vitest';
import { RECORD_FILES } from '@/lib/record/format';
import type { Manifest } from '@/lib/rounds/manifest';
import { manifestFixture } from '@/lib/rounds/manifest.fixture';
import { utf8 } from '@/lib/shared/bytes';
import { CHECK_IDS, FINDING_CODES, type Report } from './report';
import { reportText } from './report-text';
import { NoRecord, verifyRecord, type VerifyOptions } from './run';
import { SourceAway, type RecordSource } from './source';
import { browserCrypto } from './page/browser-crypto';
import { inlineCrypto } from './testing/inline-crypto';
import { memorySource } from './testing/memory-source';
import { naiveVerdict } from './testing/naive-verifier';
import {
  applicationAccepts,
  assemble,
  type RecordDraft,
  type RecordFileMap,
} from './testing/record-draft';
import { manifestHashOf, syntheticRecord } from './testing/synthetic-record';
import {
  ballotOf,
  edit,
  newVoter,
  noteOf,
  refiled,
  replaceVoter,
  resigned,
  textIn,
  type GoodRecord,
} from './testing/tampering';
import { WORDS } from './words/words';

let good: GoodRecord;
let open: RecordFileMap;
beforeAll(() => {
  const draft = syntheticRecord({ voters: 30, revotesPerCent: 20, batch: 6, live: true, seed: 1 });
  good = { draft, files: assemble(draft) };
  open = assemble(openDraft(draft));
});

/** The same record while people vote: the first three batches. */
function openDraft(draft: RecordDraft): RecordDraft {
  const checkpoints = draft.checkpoints.slice(0, 4);
  const items = draft.items.slice(0, (checkpoints.at(-1) ?? 1) - 1);
  return { ...draft, items, checkpoints, live: checkpoints.slice(1), state: 'open' };
}

const nothing = { manifestHash: null, since: null };
const failedIn = ({ checks }: Report): string[] =>
  checks.filter(({ verdict }) => verdict === 'failed').map(({ id }) => id);
const verify = (files: RecordFileMap, options: Partial<VerifyOptions> = {}): Promise<Report> =>
  verifyRecord(memorySource(files), inlineCrypto, { ...nothing, ...options });

describe('a good record', () => {
  it('passes every check, in both verifiers and in the application', async () => {
    const report = await verify(good.files);
    expect(report.checks.filter(({ verdict }) => verdict !== 'passed')).toEqual([]);
    expect(report.verdict).toBe('passed');
    expect(report.ballots).toEqual({ lines: 50, voters: 30, paper: 7 });
    expect(naiveVerdict(good.files, nothing)).toEqual([]);
    expect(applicationAccepts(good.draft)).toBe(true);
  });

  it.each([2, 3, 4])('passes with other voters and no live figures (seed %i)', async (seed) => {
    const draft = syntheticRecord({ voters: 25, revotesPerCent: 50, batch: 9, live: false, seed });
    const files = assemble(draft);
    expect((await verify(files)).verdict).toBe('passed');
    expect(naiveVerdict(files, nothing)).toEqual([]);
  });

  it('passes with the cryptography of a browser', async () => {
    const source = memorySource(good.files);
    const report = await verifyRecord(source, browserCrypto, nothing);
    expect(report).toEqual(await verify(good.files));
  });

  it('passes against the hash on the poster and an older checkpoint of its own', async () => {
    const since = textIn(good.files, RECORD_FILES.checkpointOf(good.draft.checkpoints[1] ?? 0));
    const manifestHash = manifestHashOf(good.draft.manifest);
    expect((await verify(good.files, { since, manifestHash })).verdict).toBe('passed');
  });

  it('passes without cosignatures, and with those of witnesses nobody declared', async () => {
    const bare = assemble({ ...good.draft, witnesses: [] });
    expect((await verify(bare)).verdict).toBe('passed');
    const stranger = refiled(good, (files) => {
      const line = `\u2014 otra.example ${Buffer.alloc(76).toString('base64')}\n`;
      edit(files, RECORD_FILES.checkpoint, (note) => note + line);
    });
    expect((await verify(stranger)).verdict).toBe('passed');
  });

  it('waits for the count when none is announced yet, and makes its own', async () => {
    const unannounced = refiled(good, (files) => {
      files.delete(RECORD_FILES.tally);
      edit(files, RECORD_FILES.index, (text) =>
        text.replace('"hasTally":true', '"hasTally":false'),
      );
    });
    const report = await verify(unannounced);
    expect(report.verdict).toBe('partial');
    expect(report.checks.find(({ id }) => id === 'V10')?.verdict).toBe('waiting');
    expect(report.announced).toBe(false);
    expect(report.count).toHaveLength(3);
  });

  it('tells what it is doing, step by step', async () => {
    const steps: string[] = [];
    await verifyRecord(memorySource(good.files), inlineCrypto, {
      ...nothing,
      onProgress: ({ step, done, all }) => {
        expect(done).toBeLessThanOrEqual(all);
        if (steps.at(-1) !== step) steps.push(step);
      },
    });
    expect(steps).toEqual([
      'manifest',
      'checkpoints',
      'leaves',
      'ballots',
      'live',
      'count',
      'receipts',
    ]);
  });
});

describe('a contest with a limit of picks', () => {
  const limited = manifestFixture().contests.map((contest) =>
    contest.id === 'fondo-provincia' ? { ...contest, maxPicks: 1 } : contest,
  );
  const changes = { contests: limited as Manifest['contests'] };
  const two = { 'fondo-provincia': ['2027-002', '2027-003'] };

  it('is kept by every ballot, on screens and on paper', async () => {
    const shape = { voters: 20, revotesPerCent: 10, batch: 6, live: true, seed: 8, changes };
    const draft = syntheticRecord(shape);
    const kept = { draft, files: assemble(draft) };
    expect((await verify(kept.files)).verdict).toBe('passed');
    expect(naiveVerdict(kept.files, nothing)).toEqual([]);
    const tooMany = [
      resigned(kept, (copy) => {
        replaceVoter(copy, (group, choices) =>
          ballotOf(copy, newVoter(copy, group), { ...choices, ...two }),
        );
      }),
      resigned(kept, (copy) => {
        const pile = noteOf(copy, 'paper-ballots');
        Object.assign(pile.ballots[0]?.choices ?? {}, two);
        pile.ballots.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
      }),
    ];
    for (const files of tooMany) {
      expect(failedIn(await verify(files))).toEqual(['V8']);
      expect(naiveVerdict(files, nothing)).toEqual(['V8']);
    }
  });
});

describe('an open record', () => {
  it('is verified as far as it is public, and says what waits', async () => {
    const report = await verify(open);
    expect(failedIn(report)).toEqual([]);
    expect(report.verdict).toBe('partial');
    const of = (verdict: string): string[] =>
      report.checks.filter((check) => check.verdict === verdict).map(({ id }) => id);
    expect(of('passed')).toEqual(['V1', 'V2', 'V3', 'V4', 'V14']);
    expect(of('waiting')).toEqual([
      'V5',
      'V6',
      'V7',
      'V8',
      'V9',
      'V10',
      'V11',
      'V12',
      'V13',
      'V15',
    ]);
    expect(naiveVerdict(open, nothing)).toEqual([]);
  });

  it('may grow between one file and the next', async () => {
    const growing = refiled({ draft: good.draft, files: good.files }, (files) => {
      const index = open.get(RECORD_FILES.index);
      if (index) files.set(RECORD_FILES.index, index);
    });
    // The closing note beyond the checkpoint that is verified is not seen yet.
    expect(failedIn(await verify(growing))).toEqual([]);
  });

  it('is found out when it contradicts an older copy', async () => {
    const since = textIn(good.files, RECORD_FILES.checkpoint);
    expect(failedIn(await verify(open, { since }))).toEqual(['V3']);
  });
});

describe('what is no record', () => {
  it('is said to be none, which is not a verdict on a result', async () => {
    await expect(verify(new Map())).rejects.toThrow(NoRecord);
  });

  it('is not confused with a place that cannot be reached', async () => {
    const away: RecordSource = { read: (path) => Promise.reject(new SourceAway(path)) };
    await expect(verifyRecord(away, inlineCrypto, nothing)).rejects.toThrow(SourceAway);
  });

  it.each([
    ...new Set(['index.json', 'manifest.json', 'checkpoint', 'notes.ndjson', 'tally.json']),
  ])('is answered with findings, never with a crash, when %s is anything', async (path) => {
    for (const bytes of [utf8(''), utf8('null'), utf8('[]\n'), Uint8Array.of(255, 0, 10)]) {
      const files = refiled(good, (changed) => {
        changed.set(path, bytes);
      });
      expect((await verify(files)).verdict).toBe('failed');
    }
  });
});

describe('the report', () => {
  it('has a sentence for every check and finding in both languages', () => {
    for (const words of [WORDS.es, WORDS.en]) {
      for (const id of CHECK_IDS) {
        expect(words.checks[id]).not.toBe('');
        expect(words.passed[id]({})).toMatch(/\.$/);
      }
      for (const code of FINDING_CODES) expect(words.findings[code]({})).toMatch(/[.:]$/);
    }
  });

  it('says one vote and two votes, and a real number of minutes and witnesses', () => {
    const { es, en } = WORDS;
    expect(es.option('Canal', 1, false)).toBe('Canal: 1 voto');
    expect(es.option('Canal', 2, true)).toBe('Canal: 2 votos, se financia');
    expect(es.option('Agua', 1, null)).toBe('Agua: 1 punto');
    expect(es.contest(1, 0)).toBe('1 votante, 0 en blanco');
    expect(es.passed.V7({ ballots: 1 })).toMatch(/^Se revisó 1 cédula: /);
    expect(es.passed.V9({ voters: 1, replaced: 1 })).toMatch(/^Votó 1 credencial\. Una cédula /);
    expect(es.passed.V13({ minutes: 1, tablets: 0 })).toMatch(/^Hay 1 acta de papel y 0 de /);
    expect(en.option('Canal', 1, false)).toBe('Canal: 1 vote');
    expect(en.passed.V8({ ballots: 1 })).toMatch(/^1 ballot was checked: /);
  });

  it('says in Spanish what failed and what to do', async () => {
    const files = refiled(good, (changed) => {
      edit(changed, RECORD_FILES.tally, (text) =>
        text.replace(/"lotSeed":"[^"]+"/, '"lotSeed":"x"'),
      );
    });
    const text = reportText(await verify(files), 'es');
    expect(text).toContain('✘ V10 El escrutinio anunciado es el correcto');
    expect(text).toContain('La semilla del sorteo no es la que se comprometió antes de votar.');
    expect(text).toContain('avisa al comité de vigilancia');
  });
});
