import { describe, expect, it, vi } from 'vitest';
import { file } from '../cases/pabulib-file';
import { ByteTable, hashOf } from './intern';
import { readPabulib } from './reader';
import { LONGEST_RECORD_BYTES } from './rows';

// Megabytes are read on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 180_000 });

const encoder = new TextEncoder();
const read = (text: string, pieces = 1) => {
  const bytes = encoder.encode(text);
  const size = Math.max(1, Math.ceil(bytes.length / pieces));
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size));
  return readPabulib(() => chunks);
};

const value = (text: string, pieces = 1) => {
  const result = read(text, pieces);
  if (!result.ok) throw new Error(`line ${result.line}: ${result.message}`);
  return result.value;
};

const ballots = (text: string, pieces = 1): string[] => {
  const { profile, projects } = value(text, pieces).election;
  return Array.from({ length: profile.groups }, (_, g) => {
    const entries = Array.from({ length: profile.starts[g + 1]! - profile.starts[g]! }, (_x, i) => {
      const e = profile.starts[g]! + i;
      const points = profile.points === null ? '' : `:${profile.points[e]!}`;
      return projects[profile.entries[e]!]!.id + points;
    });
    return `${profile.counts[g]!}×${entries.join()}`;
  });
};

describe('a Pabulib file', () => {
  const whole = file({
    meta: ['comment;"#1: first; #2: ""second"""', 'num_projects;3', 'num_votes;4'],
    projects: [
      'project_id;cost;name;category;district',
      'BO.D15.1/24;1000;"Plaza; ""la grande""";green,sport;Chilca',
      '007;12.50;Niño;;',
      '10;0;"two\nlines";None;El Tambo',
    ],
    votes: ['voter_id;vote;age', '1;007,10;30', '2;;', '3;10,007;', '"4";"10";9'],
  });

  it('gives projects, amounts in whole units, and grouped ballots', () => {
    const { election, decimals, columns, meta, warnings } = value(whole);
    expect(election.projects).toEqual([
      { id: 'BO.D15.1/24', cost: 10_000n, district: 'Chilca', categories: ['green', 'sport'] },
      { id: '007', cost: 125n, district: null, categories: [] },
      { id: '10', cost: 0n, district: 'El Tambo', categories: [] },
    ]);
    expect([decimals, election.unitsPerCurrency, election.budget]).toEqual([1, 10n, 1000n]);
    expect(columns[0]!.get('name')).toBe('Plaza; "la grande"');
    expect(columns[2]!.get('name')).toBe('two\nlines');
    expect(meta.get('comment')).toBe('#1: first; #2: "second"');
    expect(warnings).toEqual([]);
    expect(ballots(whole)).toEqual(['2×007,10', '1×', '1×10']);
  });

  it('reads the same in pieces of any size', () => {
    const text = whole.replaceAll('\n', '\r\n');
    for (const pieces of [1, 2, 7, 40, 10_000]) {
      expect(ballots(text, pieces)).toEqual(ballots(whole));
    }
    expect(ballots(whole.trimEnd(), 3)).toEqual(ballots(whole));
  });

  it('counts a repeated choice once, at its first place', () => {
    expect(ballots(file({ votes: ['vote', 'b,a,b'], type: 'ordinal' }))).toEqual(['1×b,a']);
    expect(ballots(file({ votes: ['vote', 'b,b,b'] }))).toEqual(['1×b']);
    const points = ['vote;points', 'b,a,b;3,2,1'];
    expect(ballots(file({ votes: points, type: 'cumulative' }))).toEqual(['1×a:2,b:3']);
  });

  it('keeps points whole by counting in smaller units where they have decimals', () => {
    const votes = ['vote;points', 'a,b;1,2', 'a;0.5', 'b;-0.250'];
    const text = file({ votes, type: 'scoring' });
    expect(value(text).pointScale).toBe(100);
    expect(ballots(text)).toEqual(['1×a:100,b:200', '1×a:50', '1×b:-25']);
    expect(ballots(file({ votes: ['vote;points', 'a;-3', ';'], type: 'scoring' }))).toEqual([
      '1×a:-3',
      '1×',
    ]);
  });

  it('keeps ballots of different districts apart', () => {
    const votes = ['vote;district', 'a;Chilca', 'a;El Tambo', 'a;', 'a;Chilca'];
    const { profile } = value(file({ votes })).election;
    expect([...profile.counts]).toEqual([2, 1, 1]);
    expect(Array.from(profile.districts!, (d) => profile.districtNames[d])).toEqual([
      'Chilca',
      'El Tambo',
      '',
    ]);
    const other = value(file({ votes: ['vote;neighborhood', 'a;Norte'] })).election.profile;
    expect(other.districtNames).toEqual(['', 'Norte']);
  });

  it.each([
    ['a byte order mark', (text: string) => `\uFEFF${text}`],
    [
      'blanks in headers and ids',
      (t: string) => t.replace('key;value', 'key; value').replace('1;a,b', '1; a , b '),
    ],
    ['section names in another case with separators', (t: string) => t.replace('VOTES', 'votes;;')],
    [
      'blank lines',
      (t: string) =>
        t
          .replace('PROJECTS', '\nPROJECTS')
          .replace('VOTES', ' \nVOTES')
          .replace('1;a,b', '\n1;a,b\n '),
    ],
    ['trailing separators', (t: string) => t.replace('a;10', 'a;10;;').replace('1;a,b', '1;a,b;;')],
    [
      'a decimal comma and a plus',
      (t: string) => t.replace('a;10', 'a;10,0').replace('b;20', 'b;+20.'),
    ],
  ])('may have %s', (_what, change) => {
    expect(ballots(change(file({})))).toEqual(['1×a,b']);
    expect(value(change(file({}))).election.projects.map(({ cost }) => cost)).toEqual([10n, 20n]);
  });

  it('is warned about when it declares other totals', () => {
    expect(value(file({ meta: ['num_votes;5', 'num_projects;2'] })).warnings).toEqual([
      'META declares num_votes "5", the file has 1.',
    ]);
  });

  it.each<[string, string, number, RegExp]>([
    ['nothing at all', '', 0, /no section META/],
    ['something before META', `x\n${file({})}`, 1, /must begin with META/],
    ['sections out of order', 'META\nkey;value\nVOTES', 3, /VOTES comes where PROJECTS/],
    [
      'a section too many',
      'META\nkey;value\nbudget;1\nvote_type;approval\nPROJECTS\nproject_id;cost\nMETA',
      7,
      /META comes where VOTES/,
    ],
    ['a section without header', 'META\nPROJECTS', 2, /has no header/],
    ['no budget', 'META\nkey;value\nPROJECTS', 3, /no budget/],
    ['an unknown vote type', file({ type: 'stars' }), 5, /no known vote_type: "stars"/],
    [
      'no votes',
      'META\nkey;value\nbudget;1\nvote_type;approval\nPROJECTS\nproject_id;cost',
      6,
      /no section VOTES/,
    ],
    [
      'votes without header',
      'META\nkey;value\nbudget;1\nvote_type;approval\nPROJECTS\nproject_id;cost\nVOTES',
      7,
      /VOTES has no header/,
    ],
    ['no cost column', file({ projects: ['project_id;name', 'a;x'] }), 6, /no column cost/],
    [
      'a column twice',
      file({ projects: ['project_id;cost;cost', 'a;1;2'] }),
      6,
      /names a column twice/,
    ],
    ['points missing', file({ type: 'cumulative' }), 10, /need a column points/],
    ['two budgets', file({ meta: ['budget;7'] }), 5, /gives "budget" twice/],
    [
      'a budget in words',
      file({}).replace('budget;100', 'budget;lots'),
      3,
      /not an amount: "lots"/,
    ],
    [
      'a negative cost',
      file({ projects: ['project_id;cost', 'a;-1'] }),
      7,
      /cost of "a" is not an amount/,
    ],
    [
      'an endless amount',
      file({}).replace('budget;100', `budget;${'9'.repeat(99)}`),
      3,
      /not an amount/,
    ],
    [
      'a cost missing',
      file({ projects: ['project_id;cost', 'a'] }),
      7,
      /cost of "a" is not an amount: ""/,
    ],
    ['a project without id', file({ projects: ['project_id;cost', ';1'] }), 7, /no project_id/],
    ['a comma in an id', file({ projects: ['project_id;cost', '"a,b";1'] }), 7, /holds a comma/],
    ['a semicolon in an id', file({ projects: ['project_id;cost', '"a;b";1'] }), 7, /a semicolon/],
    [
      'a choice that holds a semicolon, not guessed to be two cells',
      file({ votes: ['vote;age', '"a;5";'] }),
      11,
      /not listed: "a;5"/,
    ],
    ['too many cells between quotes', file({ votes: ['vote', '"a";"x"'] }), 11, /more cells/],
    ['no vote between quotes', file({ votes: ['voter_id;vote', '"17"'] }), 11, /no cell for its/],
    ['an id twice', file({ projects: ['project_id;cost', 'a;1', 'a;1'] }), 8, /Two projects/],
    [
      'too many cells in a project',
      file({ projects: ['project_id;cost', 'a;1;x'] }),
      7,
      /more cells/,
    ],
    ['too many cells in a ballot', file({ votes: ['vote', 'a;x'] }), 11, /more cells/],
    ['a ballot without vote', file({ votes: ['voter_id;vote', '17'] }), 11, /no cell for its vote/],
    ['an unknown project', file({ votes: ['vote', 'a,z'] }), 11, /not listed: "z"/],
    ['an empty choice', file({ votes: ['vote', 'a,'] }), 11, /not listed: ""/],
    ['a very long unknown project', file({ votes: ['vote', 'x'.repeat(99)] }), 11, /x{60}…/],
    [
      'points too few',
      file({ type: 'cumulative', votes: ['vote;points', 'a,b;1'] }),
      11,
      /2 choices and 1 points/,
    ],
    [
      'points too many',
      file({ type: 'cumulative', votes: ['vote;points', 'a;1,2'] }),
      11,
      /1 choices and 2 points/,
    ],
    [
      'no points at all',
      file({ type: 'cumulative', votes: ['vote;points', 'a'] }),
      11,
      /1 choices and 0 points/,
    ],
    [
      'points in words',
      file({ type: 'cumulative', votes: ['vote;points', 'a;two'] }),
      11,
      /not a number: "two"/,
    ],
    [
      'points of seven decimals',
      file({ type: 'scoring', votes: ['vote;points', 'a;0.1234567'] }),
      11,
      /not a number/,
    ],
    [
      'points without digits',
      file({ type: 'scoring', votes: ['vote;points', 'a;-'] }),
      11,
      /not a number: "-"/,
    ],
    [
      'ten billion points',
      file({ type: 'scoring', votes: ['vote;points', 'a;10000000000'] }),
      11,
      /not a number/,
    ],
    ['an open quote', file({}).replace('1;a,b', '1;"a,b'), 11, /never closed/],
    ['text after a quote', file({}).replace('b;20', '"b"x;20'), 8, /after a closing quote/],
    ['an open quote after lines', file({ votes: ['vote', 'a', '"a', 'b'] }), 12, /never closed/],
  ])('is refused with %s', (_what, text, line, message) => {
    const result = read(text);
    expect(result).toMatchObject({ ok: false, line });
    expect(result.ok ? '' : result.message).toMatch(message);
  });

  it('is refused when it is not UTF-8, in a project or in a ballot', () => {
    for (const mark of ['a;10', '1;a,b']) {
      const bytes = encoder.encode(file({}).replace(mark, mark.replace('a', '?')));
      bytes[bytes.indexOf(0x3f)] = 0xff;
      expect(readPabulib(() => [bytes])).toMatchObject({
        ok: false,
        message: 'The text is not UTF-8.',
      });
    }
  });

  it('is refused when more districts are named than can be told apart', () => {
    const rows = Array.from({ length: 0x10000 }, (_, i) => `a;d${i}`);
    expect(read(file({ votes: ['vote;district', ...rows] }))).toMatchObject({
      ok: false,
      message: 'Ballots name too many districts.',
    });
  });

  it('is refused without holding it all when a quote swallows it', () => {
    const head = encoder.encode(file({}).replace('1;a,b', '1;"a,b'));
    const row = encoder.encode('2;a\n'.repeat(10_000));
    let given = 0;
    const result = readPabulib(function* () {
      yield head;
      for (; given < 1000; given++) yield row;
    });
    expect(result).toMatchObject({ ok: false, line: 11 });
    expect(given * row.length).toBeLessThan(2 * LONGEST_RECORD_BYTES);
  });

  it('passes on what is thrown while its pieces are fetched', () => {
    expect(() =>
      readPabulib(() => {
        throw new TypeError('disk gone');
      }),
    ).toThrow('disk gone');
  });

  it('holds ballots with more choices than any expected', () => {
    const ids = Array.from({ length: 300 }, (_, i) => `p${i}`);
    const text = file({
      projects: ['project_id;cost', ...ids.map((id) => `${id};1`)],
      votes: ['vote;points', `${[...ids].reverse().join()};${ids.map(() => 1).join()}`],
      type: 'cumulative',
    });
    expect(ballots(text)).toEqual([`1×${ids.map((id) => `${id}:1`).join()}`]);
  });
});

describe('ballots between quotes', () => {
  it('keep points and district, semicolons in a district included', () => {
    const text = file({
      type: 'cumulative',
      votes: ['voter_id;vote;points;district', '1;"b,a";"2,1";"Chilca; sur"', '2;a;1;', '3;"";"";'],
    });
    expect(ballots(text)).toEqual(['1×a:1,b:2', '1×a:1', '1×']);
    const { profile } = value(text).election;
    expect([...profile.districts!].map((d) => profile.districtNames[d])).toEqual([
      'Chilca; sur',
      '',
      '',
    ]);
  });
});

describe('a table of byte strings', () => {
  it('tells apart strings whose hashes are the same', () => {
    const table = new ByteTable();
    const swapped = ['xxxxabcd', 'abcdxxxx'];
    const all = [...swapped, 'abcdabcd', 'a', ''].map((word) => encoder.encode(word));
    expect(all.map((word) => table.intern(word, 0, word.length))).toEqual(all.map((_, i) => i));
    expect(
      all.map((word) => table.find(word, 0, word.length, hashOf(word, 0, word.length))),
    ).toEqual(all.map((_, i) => i));
    expect(hashOf(all[0]!, 0, 8)).toBe(hashOf(all[1]!, 0, 8));
  });

  it('numbers thousands of them and tells them apart', () => {
    const table = new ByteTable();
    const words = Array.from({ length: 5000 }, (_, i) => encoder.encode(`${i * 7919}`));
    const numbers = words.map((word) => table.intern(word, 0, word.length));
    expect(numbers).toEqual(words.map((_, i) => i));
    expect(words.map((word) => table.intern(word, 0, word.length))).toEqual(numbers);
    expect(table.size).toBe(5000);
  });
});
