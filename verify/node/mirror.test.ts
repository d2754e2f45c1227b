import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RECORD_FILES } from '@/lib/record/format';
import { verifyRecord } from '../run';
import type { RecordSource } from '../source';
import { SourceAway } from '../source';
import { inlineCrypto } from '../testing/inline-crypto';
import { memorySource } from '../testing/memory-source';
import { assemble, type RecordDraft, type RecordFileMap } from '../testing/record-draft';
import { syntheticRecord } from '../testing/synthetic-record';
import { ballotAt, refiled, resigned, singleBallots } from '../testing/tampering';
import { folderSource } from './folder-source';
import { Contradiction, mirrorRecord, NotARecord } from './mirror';

let draft: RecordDraft;
let sealed: RecordFileMap;
let open: RecordFileMap;
let folder: string;

beforeAll(() => {
  draft = syntheticRecord({ voters: 20, revotesPerCent: 10, batch: 5, live: true, seed: 3 });
  sealed = assemble(draft);
  const checkpoints = draft.checkpoints.slice(0, 3);
  const items = draft.items.slice(0, (checkpoints.at(-1) ?? 1) - 1);
  open = assemble({ ...draft, items, checkpoints, live: checkpoints.slice(1), state: 'open' });
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'minka-mirror-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const mirror = (source: RecordSource) => mirrorRecord(source, folder, () => undefined);
const verify = () =>
  verifyRecord(folderSource(folder), inlineCrypto, { manifestHash: null, since: null });

describe('a mirror of a record', () => {
  it('is the record, and grows with it', async () => {
    await mirror(memorySource(open));
    expect((await verify()).verdict).toBe('partial');
    await mirror(memorySource(sealed));
    expect((await verify()).verdict).toBe('passed');
    for (const [path, bytes] of sealed) {
      expect(Buffer.compare(readFileSync(join(folder, path)), bytes), path).toBe(0);
    }
  });

  it('fetches what never changes only once', async () => {
    const asked: string[] = [];
    const source: RecordSource = {
      read: (path, maxBytes) => {
        asked.push(path);
        return memorySource(sealed).read(path, maxBytes);
      },
    };
    await mirror(source);
    asked.length = 0;
    await mirror(source);
    expect(asked.filter((path) => /^(ballots|receipts|live|leaves|tally)/.test(path))).toEqual([]);
  });

  it('goes on where it was interrupted, and leaves no half file', async () => {
    let left = 9;
    const breaking: RecordSource = {
      read: (path, maxBytes) => {
        if (left-- <= 0) return Promise.reject(new SourceAway(path));
        return memorySource(sealed).read(path, maxBytes);
      },
    };
    await expect(mirror(breaking)).rejects.toThrow(SourceAway);
    const names = readdirSync(folder, { recursive: true }).map(String);
    expect(names.filter((name) => name.endsWith('.new'))).toEqual([]);
    await mirror(memorySource(sealed));
    expect((await verify()).verdict).toBe('passed');
  });

  it('keeps cosignatures that the record has lost', async () => {
    await mirror(memorySource(sealed));
    const bare = assemble({ ...draft, witnesses: [] });
    await mirror(memorySource(bare));
    expect(readFileSync(join(folder, 'checkpoint'), 'utf8')).toContain('universidad.example');
  });

  it.each([
    [
      'leaves were rewritten',
      () =>
        resigned({ draft, files: sealed }, (changed) => {
          const [a = 0, b = 0] = singleBallots(changed);
          [changed.items[a], changed.items[b]] = [ballotAt(changed, b), ballotAt(changed, a)];
        }),
    ],
    ['it shrank', () => open],
    [
      'its rules changed',
      () =>
        resigned({ draft, files: sealed }, ({ manifest }) => {
          manifest.municipality = 'Otra';
        }),
    ],
    [
      'a note disappeared',
      () =>
        refiled({ draft, files: sealed }, (files) => {
          files.set(RECORD_FILES.notes, new Uint8Array());
        }),
    ],
  ])('refuses a record when %s, and keeps copy and proof', async (_, contradicting) => {
    await mirror(memorySource(sealed));
    await expect(mirror(memorySource(contradicting()))).rejects.toThrow(Contradiction);
    expect(readdirSync(join(folder, 'contradictions'))).toHaveLength(1);
    expect((await verify()).verdict).toBe('passed');
  });

  it('refuses what is not signed by its own key, or no record', async () => {
    const unsigned = refiled({ draft, files: sealed }, (files) => {
      const path = RECORD_FILES.checkpointOf(draft.items.length + 1);
      files.set(path, new TextEncoder().encode('minka/x\n1\nAAAA\n'));
    });
    await expect(mirror(memorySource(unsigned))).rejects.toThrow(NotARecord);
    await expect(mirror(memorySource(new Map()))).rejects.toThrow(NotARecord);
  });
});
