import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { file } from '../cases/pabulib-file';
import { readDocument, tableOf, withColumn, writeDocument } from './document';
import { readPabulib } from './reader';
import { eachRecord, splitCells } from './rows';

// Properties are tried hundreds of times, on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 180_000 });

const encoder = new TextEncoder();

describe('a document', () => {
  const text =
    '\uFEFFMETA\r\nkey;value\r\nbudget;"1"\r\n\r\nPROJECTS\r\nproject_id;cost\r\na;1;\r\nVOTES\r\nvote';

  it('is written back byte for byte', () => {
    const document = readDocument(encoder.encode(text));
    expect(document.ok && writeDocument(document.value)).toBe(text);
    const plain = file({});
    const other = readDocument(encoder.encode(plain));
    expect(other.ok && writeDocument(other.value)).toBe(plain);
  });

  it('can have a column set or added, the rest untouched', () => {
    const document = readDocument(encoder.encode(file({})));
    if (!document.ok) throw new Error(document.message);
    const marked = withColumn(document.value, 'PROJECTS', 'selected', (row) =>
      row.get('project_id') === 'a' ? '1' : '0;',
    );
    expect(tableOf(marked, 'PROJECTS')).toEqual({
      header: ['project_id', 'cost', 'selected'],
      rows: [
        ['a', '10', '1'],
        ['b', '20', '"0;"'],
      ],
    });
    const dearer = withColumn(marked, 'PROJECTS', 'cost', (row) => `${row.get('cost')!}0`);
    expect(tableOf(dearer, 'PROJECTS').rows[1]).toEqual(['b', '200', '"0;"']);
    expect(tableOf({ ...dearer, sections: [] }, 'VOTES')).toEqual({ header: [], rows: [] });
  });

  it('may be empty', () => {
    expect(readDocument(new Uint8Array(0))).toMatchObject({ ok: true, value: { sections: [] } });
  });

  it('keeps short and blank lines when a column is set', () => {
    const document = readDocument(
      encoder.encode('PROJECTS\nproject_id;cost;name\n\na;1\nb;2;;more'),
    );
    if (!document.ok) throw new Error(document.message);
    const named = withColumn(document.value, 'PROJECTS', 'name', (row) => `${row.get('cost')!}!`);
    expect(writeDocument(named)).toBe('PROJECTS\nproject_id;cost;name\n\na;1;1!\nb;2;2!;more');
    const added = withColumn(document.value, 'PROJECTS', 'x', (row) => `<${row.get('name')!}>`);
    expect(writeDocument(added)).toBe('PROJECTS\nproject_id;cost;name;x\n\na;1;;<>\nb;2;;<>');
  });

  it('has no cell that never ends', () => {
    expect(() => splitCells('a;"b', 4)).toThrow('never closed');
  });

  it('is refused with line and reason', () => {
    expect(readDocument(encoder.encode('x'))).toMatchObject({ ok: false, line: 1 });
    expect(readDocument(encoder.encode('META\nkey;value\na;"b'))).toMatchObject({
      ok: false,
      line: 3,
    });
  });
});

describe('mutated files', () => {
  const folder = fileURLToPath(new URL('../../../../shared/data/pabulib/files/', import.meta.url));
  const real = existsSync(folder)
    ? readdirSync(folder)
        .map((name) => readFileSync(`${folder}${name}`))
        .filter((bytes) => bytes.length < 8000)
        .map((bytes) => bytes.toString('utf8'))
    : [];
  const seeds = [
    ...real,
    file({ meta: ['comment;"a ""b"""'] }),
    file({ type: 'cumulative', votes: ['voter_id;vote;points', '1;a,b;2.5,1', '2;;'] }),
    file({ type: 'ordinal', votes: ['voter_id;vote;district', '1;b,a;X'] }),
  ].map((text) => encoder.encode(text));

  it('are read or refused with a line, never a crash', () => {
    const edit = fc.record({
      at: fc.nat(),
      kind: fc.constantFrom('replace', 'insert', 'delete', 'repeat'),
      bytes: fc.oneof(
        fc.constantFrom(';', '"', '\n', ',', '\r', 'META', 'VOTES', '-', '.', '9'.repeat(20), ' '),
        fc.string({ maxLength: 6, unit: 'binary' }),
      ),
      length: fc.nat(200),
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...seeds),
        fc.array(edit, { minLength: 1, maxLength: 4 }),
        (seed, edits) => {
          let bytes: Uint8Array = seed;
          for (const { at, kind, bytes: text, length } of edits) {
            const place = at % (bytes.length + 1);
            const added = encoder.encode(text);
            const rest =
              place + (kind === 'insert' ? 0 : kind === 'delete' ? length : added.length);
            const middle =
              kind === 'delete'
                ? []
                : kind === 'repeat'
                  ? bytes.subarray(place, place + length)
                  : added;
            bytes = Uint8Array.of(...bytes.subarray(0, place), ...middle, ...bytes.subarray(rest));
          }
          const result = readPabulib(() => [bytes]);
          if (result.ok) expect(result.value.election.profile.voters).toBeGreaterThanOrEqual(0);
          else expect(result.line).toBeGreaterThanOrEqual(0);
          const document = readDocument(bytes);
          if (!document.ok) expect(document.line).toBeGreaterThanOrEqual(1);
        },
      ),
      { numRuns: Number(process.env['TALLY_FUZZ_RUNS'] ?? 3000) },
    );
  }, 600_000);

  it('come in records whose lines add up', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', ';', '"', '\n', '\r\n'), { maxLength: 40 }),
        (parts) => {
          const bytes = encoder.encode(parts.join(''));
          let last = 0;
          try {
            eachRecord([bytes], (_bytes, _start, _end, _quoted, line) => {
              expect(line).toBeGreaterThan(last);
              last = line;
            });
          } catch {
            // An open quote at the end: what came before was in order.
          }
          expect(last).toBeLessThanOrEqual(parts.filter((part) => part.endsWith('\n')).length + 1);
        },
      ),
    );
  });
});

const shared = fileURLToPath(new URL('../../../../shared/data/pabulib/files/', import.meta.url));
const missing = existsSync(shared) ? '' : ' (skipped: ../shared/data/pabulib is not here)';
describe.skipIf(missing !== '')(`real files${missing}`, () => {
  it('are written back byte for byte', () => {
    for (const name of readdirSync(shared)) {
      const bytes = readFileSync(`${shared}${name}`);
      const document = readDocument(bytes);
      if (!document.ok) throw new Error(`${name}, line ${document.line}: ${document.message}`);
      expect(Buffer.from(writeDocument(document.value)).equals(bytes), name).toBe(true);
    }
  });
});
