import { afterEach, describe, expect, it } from 'vitest';
import { liveFile } from '@/lib/record/format';
import { nextFigures, type LiveFigures } from '@/lib/results/live';
import { readSnapshot, type LiveSnapshot } from '@/lib/results/snapshot';
import { manifestFixture } from '@/lib/rounds/manifest.fixture';
import type { BallotBody } from '@/lib/ballots/body';
import type { SignedBallot } from '@/lib/ballots/compose';
import { ballotFixture, voterFixture } from '@/lib/ballots/voter.fixture';
import { castAt, testBox, type TestBox } from './test-box';

let test: TestBox;
afterEach(async () => {
  await test.stop();
});

const base = (url = test.url): string => `${url}/v1/rounds/${test.round.manifest.round}`;

async function live(url = test.url, query = ''): Promise<LiveSnapshot> {
  const text = await (await fetch(`${base(url)}/live${query}`)).text();
  const snapshot = readSnapshot(text);
  if (!snapshot) throw new Error(`Not a snapshot: ${text}`);
  return snapshot;
}

async function castMany(count: number, group = '120101', url = test.url): Promise<SignedBallot[]> {
  const list: SignedBallot[] = [];
  for (let i = 0; i < count; i++) {
    const ballot = await test.ballot(group);
    expect((await castAt(url, { line: ballot.line, receipt: ballot.receipt })).status).toBe(201);
    list.push(ballot);
  }
  return list;
}

/** Reads events of a stream one by one. */
async function stream(
  url: string,
): Promise<{ next: () => Promise<LiveSnapshot>; stop: () => Promise<void> }> {
  const response = await fetch(`${base(url)}/stream`);
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  return {
    next: async () => {
      for (;;) {
        const found = /(?:^|\n)data: (\{.*\})\n\n/.exec(rest);
        if (found) {
          rest = rest.slice(found.index + found[0].length);
          return readSnapshot(found[1]!)!;
        }
        const { value, done } = await reader.read();
        if (done) throw new Error('The stream ended');
        rest += value;
      }
    },
    stop: () => reader.cancel(),
  };
}

describe('turnout', () => {
  it('is counted once per tick and sent to every open stream, also by another process', async () => {
    test = await testBox();
    await test.openRound();
    const second = await test.another();
    const [here, there] = [await stream(test.url), await stream(second.url)];
    expect((await here.next()).ballots).toBe(0);
    expect((await there.next()).ballots).toBe(0);

    await castMany(4);
    expect((await live()).ballots).toBe(0);
    await test.box.tick();
    expect((await here.next()).ballots).toBe(4);
    // The other process was notified by this tick; its own next one shows it.
    await expect
      .poll(async () => {
        await second.box.tick();
        return (await live(second.url)).ballots;
      })
      .toBe(4);
    expect((await there.next()).ballots).toBe(4);
    await Promise.all([here.stop(), there.stop()]);
  });

  it('hides a group with fewer than k voters, and another one that would give it away', async () => {
    test = await testBox({ livePolicy: 'at-close' });
    await test.openRound();
    await castMany(5, '120101');
    await castMany(2, 'zona-1');
    await test.box.tick();
    const snapshot = await live();
    expect(snapshot.ballots).toBe(7);
    expect(snapshot.turnout).toEqual([
      { group: '120101', ballots: null },
      { group: 'zona-1', ballots: null },
    ]);
    expect(snapshot.bars).toBeUndefined();
    await castMany(1, 'zona-1');
    await test.box.tick();
    expect((await live()).turnout).toEqual([
      { group: '120101', ballots: 5 },
      { group: 'zona-1', ballots: 3 },
    ]);
  });

  it('counts a voter who changes the ballot once', async () => {
    test = await testBox();
    await test.openRound();
    const voter = await voterFixture(test.round, '120101');
    const first = await ballotFixture(test.round, voter);
    const choices = { 'fondo-provincia': ['2027-003'] };
    const change = { seq: 2, previous: first.leaf, choices };
    await test.cast(first);
    await test.cast(await ballotFixture(test.round, voter, change));
    await castMany(2);
    await test.box.tick();
    const { ballots, bars } = await live();
    expect(ballots).toBe(3);
    expect(bars?.['fondo-provincia']).toContainEqual({ id: '2027-001', votes: 2, funded: true });
    expect(bars?.['fondo-provincia']).toContainEqual({ id: '2027-003', votes: 1, funded: false });
  });
});

describe('bars', () => {
  it('wait for k voters, and then for k new ones, and are the same in every process', async () => {
    test = await testBox();
    await test.openRound();
    const second = await test.another();
    await castMany(2);
    await test.box.tick();
    expect((await live()).bars).toBeUndefined();

    await castMany(1);
    await test.box.tick();
    const first = await live();
    expect(first.bars?.['fondo-provincia']?.slice(0, 2)).toEqual([
      { id: '2027-001', votes: 3, funded: true },
      { id: '2027-002', votes: 3, funded: true },
    ]);
    expect(first.bars?.['prioridades']?.[0]).toEqual({ id: 'SOC-2', votes: 15, funded: false });
    expect(first.bars?.['fondo-120101']).toBeUndefined();
    expect((await live(test.url, '?contest=fondo-120101')).bars?.['fondo-120101']).toHaveLength(2);

    // Two more are too few: the other process, which never showed any, shows the old figures too.
    await castMany(2, '120101', second.url);
    await second.box.tick();
    await test.box.tick();
    const [here, there] = [await live(), await live(second.url)];
    expect([here.ballots, there.ballots]).toEqual([5, 5]);
    expect(here.bars).toEqual(first.bars);
    expect(there.bars).toEqual(first.bars);

    await castMany(1);
    await test.box.tick();
    expect((await live()).bars?.['fondo-provincia']?.[0]).toMatchObject({ votes: 6 });
  });

  it('can be redone by anyone from the first leaves of a checkpoint, and follow a change of mind', async () => {
    test = await testBox();
    await test.openRound();
    const voter = await voterFixture(test.round, '120101');
    const first = await ballotFixture(test.round, voter);
    await test.cast(first);
    await castMany(3);
    await test.box.tick();
    await castMany(3, 'zona-1');
    await test.box.tick();
    // Staged when the round closes: too few for a refresh until everything can be read.
    const changed = {
      seq: 2,
      previous: first.leaf,
      choices: { prioridades: [], 'fondo-provincia': ['2027-003'] },
    };
    await test.cast(await ballotFixture(test.round, voter, changed));
    await test.closeRound();
    await test.box.tick();
    const shownAt = async (): Promise<number[]> =>
      ((await (await test.file('index.json')).json()) as { live: number[] }).live;
    expect(await shownAt()).toEqual([5, 8]);
    await test.sealRound();
    await test.box.tick();
    expect(await shownAt()).toEqual([5, 8, 10]);

    const lines = (await (await test.file('ballots/000000.ndjson')).text()).trimEnd().split('\n');
    const bodies = lines.map((line) => JSON.parse((JSON.parse(line) as [string])[0]) as BallotBody);
    let before: LiveFigures | null = null;
    for (const size of [5, 8, 10]) {
      // No note stands before the closing one: ballot i is leaf i + 1.
      const effective = new Map<string, BallotBody>();
      for (const body of bodies.slice(0, size - 1)) {
        if (body.n > (effective.get(body.k)?.n ?? 0)) effective.set(body.k, body);
      }
      const ballots = [...effective.values()].map(({ d, c }) => ({
        group: d,
        choices: c,
        voters: 1,
      }));
      const redone: LiveFigures = nextFigures(test.round.manifest, ballots, before, size === 10);
      const file = liveFile.parse(await (await test.file(`live/${String(size)}.json`)).json());
      const { voters, contests } = file;
      expect(file).toMatchObject({ round: test.round.manifest.round, size });
      expect({ voters, contests }).toEqual(redone);
      before = redone;
    }
    expect((await live()).bars?.['fondo-provincia']).toContainEqual({
      id: '2027-003',
      votes: 1,
      funded: false,
    });
    expect((await test.file('live/7.json')).status).toBe(404);
  });

  it('never appear in a round that counts at the close', async () => {
    test = await testBox({ livePolicy: 'at-close' });
    await test.openRound();
    await castMany(6);
    await test.box.tick();
    expect((await live()).bars).toBeUndefined();
    expect(JSON.stringify(await live())).not.toContain('2027-001');
  });
});

describe('the snapshot', () => {
  it('stays below 1 kB with 28 groups and all its bars', async () => {
    const districts = Array.from({ length: 28 }, (_, i) => String(120101 + i));
    const [group] = manifestFixture().groups;
    test = await testBox({
      groups: districts.map((id) => ({ ...group!, id, districts: [id] })),
      minGroup: 1,
    });
    await test.openRound();
    await castMany(3);
    await test.box.tick();
    const response = await fetch(`${base()}/live`);
    const text = await response.text();
    expect(readSnapshot(text)?.bars).toBeDefined();
    expect(Buffer.byteLength(text)).toBeLessThan(1024);
  });

  it('is answered with 304 to whoever has it, until a tick changes it', async () => {
    test = await testBox();
    await test.openRound();
    const first = await fetch(`${base()}/live`);
    const headers = { 'if-none-match': first.headers.get('etag') ?? '' };
    expect((await fetch(`${base()}/live`, { headers })).status).toBe(304);
    await castMany(1);
    await test.box.tick();
    expect((await fetch(`${base()}/live`, { headers })).status).toBe(200);
    expect(first.headers.get('access-control-allow-origin')).toBe('http://localhost:3000');
  });

  it('says closed as soon as the round is', async () => {
    test = await testBox();
    await test.openRound();
    await castMany(3);
    await test.box.tick();
    await test.closeRound();
    await test.box.tick();
    expect(await live()).toMatchObject({ state: 'closed', ballots: 3 });
  });
});
