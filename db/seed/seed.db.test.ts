import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshBallotBox, freshRegistry } from '@/services/supervisor/test-support';
import { demoCycles } from './cycles';
import { FREE_RESIDENTS } from './roll';
import { seedDemo, type SeedOptions } from './seed';
import { residentId } from './write/foundation';

const now = new Date();
const { previous, current } = demoCycles(now);
let registry: Awaited<ReturnType<typeof freshRegistry>>;
let box: Awaited<ReturnType<typeof freshBallotBox>>;
let keysDir: string;
let options: SeedOptions;

beforeAll(async () => {
  registry = await freshRegistry();
  box = await freshBallotBox();
  keysDir = await mkdtemp(join(tmpdir(), 'minka-seed-'));
  const recordKeyFile = join(keysDir, 'record.pem');
  const { privateKey } = generateKeyPairSync('ed25519');
  await writeFile(recordKeyFile, privateKey.export({ format: 'pem', type: 'pkcs8' }));
  options = {
    registry: registry.db,
    ballotBox: box.sql,
    now,
    currentRound: 'open',
    keysDir,
    ballotBoxUrl: box.url,
    recordKeyFile,
    dniKey: 'd'.repeat(32),
    rollKey: 'r'.repeat(32),
    say: () => undefined,
  };
  // Two starts that are cut off, then one that goes on where they stopped.
  for (const cutAt of ['Votando', 'Abriendo']) {
    const say = (sentence: string) => {
      if (sentence.startsWith(cutAt)) throw new Error('cut');
    };
    await expect(seedDemo({ ...options, say })).rejects.toThrow('cut');
  }
  await seedDemo(options);
});

afterAll(async () => {
  await registry.drop();
  await box.drop();
  await rm(keysDir, { recursive: true, force: true });
});

async function figures(): Promise<unknown> {
  const [one] = await registry.owner`
    select (select count(*) from district) as districts, (select count(*) from resident) as residents,
      (select count(*) from proposal) as proposals, (select count(*) from credential) as credentials,
      (select count(*) from issuer_log) as signed, (select count(*) from result) as results,
      (select count(*) from proposal_milestone) as milestones,
      (select count(*) from priority_decision) as decisions`;
  const [votes] = await box.owner`select count(*) as lines from ballot`;
  return { ...one, ...votes };
}

describe('the demonstration', () => {
  it('has a previous cycle that was voted, counted, published and decided by the council', async () => {
    const [round] = await registry.owner`select * from round where id = ${previous.round.id}`;
    expect(round?.['state']).toBe('published');
    expect(round?.['closed_at']).toEqual(previous.round.closesAt);
    const [cycle] = await registry.owner`select state from cycle where id = ${previous.id}`;
    expect(cycle?.['state']).toBe('closed');
    const [box_] = await box.owner`select state from round where id = ${previous.round.id}`;
    expect(box_?.['state']).toBe('sealed');
    const [ballots] = await box.owner`
      select count(*)::int as voters from ballot where round_id = ${previous.round.id} and seq = 1`;
    expect(ballots?.['voters']).toBeGreaterThan(650);
    const weights = await registry.owner<{ weight_bp: number; decision_id: string | null }[]>`
      select weight_bp, decision_id from dimension_weight where cycle_id = ${current.id}`;
    expect(weights.reduce((sum, weight) => sum + weight.weight_bp, 0)).toBe(10_000);
    expect(weights.every((weight) => weight.decision_id !== null)).toBe(true);
    const amended = await registry.owner`
      select from priority_decision where proposed_bp <> adopted_bp`;
    expect(amended).toHaveLength(2);
  });

  it('has records that were published in batches: one sealed with its count, one going on', async () => {
    const [past] = await box.owner`select count(*)::int as checkpoints,
      (select count(*)::int from ballot where position is null) as staged,
      (select count(*)::int from tally where round_id = ${previous.round.id}) as tallies
      from checkpoint where round_id = ${previous.round.id}`;
    expect(past).toEqual({ checkpoints: 7, staged: 0, tallies: 1 });
    const notes = await box.owner`select text::jsonb ->> 'type' as type from note
      where round_id = ${previous.round.id} order by position`;
    expect(notes.map((note): unknown => note['type'])).toEqual([
      'audit-head',
      'issuance',
      'closing',
    ]);
    const going = await box.owner`select size from checkpoint where round_id = ${current.round.id}`;
    expect(going).toHaveLength(6);
  });

  it('follows up exactly the proposals that the count funded', async () => {
    const followed = await registry.owner<{ state: string }[]>`
      select distinct p.code, p.state from proposal p join proposal_milestone m on m.proposal_code = p.code`;
    const funded = await registry.owner`select code from proposal where state = 'funded'`;
    expect(followed.length).toBe(funded.length);
    expect(followed.every(({ state }) => state === 'funded')).toBe(true);
    expect(funded.length).toBeGreaterThan(6);
  });

  it('has a vote under way in which the first residents have not taken part', async () => {
    const [round] = await registry.owner`select state from round where id = ${current.round.id}`;
    expect(round?.['state']).toBe('open');
    const issued = await registry.owner<{ resident_id: string }[]>`
      select resident_id from credential where round_id = ${current.round.id}`;
    expect(issued.length).toBeGreaterThan(200);
    const free = new Set(Array.from({ length: FREE_RESIDENTS }, (_, index) => residentId(index)));
    expect(issued.some(({ resident_id }) => free.has(resident_id))).toBe(false);
  });

  it('issued at least as many credentials as were used, in every group', async () => {
    const issued = await registry.owner<{ round_id: string; group_id: string; n: number }[]>`
      select round_id, group_id, count(*)::int as n from credential group by 1, 2`;
    const cast = await box.owner<{ round_id: string; group_id: string; n: number }[]>`
      select round_id, group_id, count(*)::int as n from ballot where seq = 1 group by 1, 2`;
    for (const { round_id, group_id, n } of cast) {
      const right = issued.find((row) => row.round_id === round_id && row.group_id === group_id);
      expect(right?.n).toBeGreaterThanOrEqual(n);
    }
  });

  it('keeps no issuer key of the closed round', async () => {
    const keys = await readdir(join(keysDir, 'issuer', previous.round.id));
    expect(keys).toEqual([]);
  });

  it('adds nothing when it is loaded again', async () => {
    const before = await figures();
    await seedDemo(options);
    expect(await figures()).toEqual(before);
  });
});
