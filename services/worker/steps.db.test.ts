import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { round } from '@/db/registry/schema';
import type { Actor } from '@/lib/auth/actor';
import { recordNote } from '@/lib/record/format';
import { requestCloseRound, requestOpenRound } from '@/lib/rounds/commands';
import { frozenManifest, roundById } from '@/lib/rounds/queries';
import { asSuperuser, seedResident } from '@/lib/rounds/test-round';
import { advanceRound } from './steps';
import { startSteps, type Steps } from './test-steps';
import { startWorker } from './worker';

const OPERATOR: Actor = { kind: 'operator' };

let steps: Steps;
let fresh: Steps['fresh'];
let box: Steps['box'];
let context: Steps['context'];
let keysFolder: string;

beforeAll(async () => {
  steps = await startSteps();
  ({ fresh, box, context, keysFolder } = steps);
});
afterAll(() => steps.stop());
afterEach(() => steps.endOthers());

describe('a round through the worker', () => {
  it('goes from draft to a stored count, and every act is in the audit', async () => {
    const id = await steps.opened('whole');
    const voters = [steps.resident(0), steps.resident(1), steps.resident(50)];
    for (const voter of voters) await steps.vote(id, voter);

    expect(await requestCloseRound(fresh.db, OPERATOR, { roundId: id })).toEqual({
      ok: false,
      reason: 'reason-needed',
    });
    const reason = 'Ensayo general terminado';
    expect(await requestCloseRound(fresh.db, OPERATOR, { roundId: id, reason })).toMatchObject({
      ok: true,
    });
    await advanceRound(context, id);

    expect((await roundById(fresh.db, id))!.state).toBe('tallied');
    const [stored] = await fresh.sql`select document from result where round_id = ${id}`;
    expect(JSON.stringify(stored!['document'])).toContain('2027-003');
    expect(await steps.actionsOf(id)).toEqual([
      'operator round.drafted',
      'operator round.open-requested',
      'worker round.opened',
      'operator round.close-requested',
      'worker round.closed',
      'worker round.tally-requested',
      'worker round.tallied',
    ]);
    expect(steps.ordersOf(id).map(({ type }) => type)).toEqual(['open', 'close', 'seal']);
    expect(steps.ordersOf(id)[1]).toEqual({ type: 'close', round: id, reason });
    expect(steps.ordersOf(id)[2]).toMatchObject({ reason });
    const notes = box.rounds.get(id)!.notes.map((text) => recordNote.parse(JSON.parse(text)));
    expect(notes.map(({ type }) => type)).toEqual(['audit-head', 'issuance', 'closing']);
    expect(notes[1]).toMatchObject({
      phone: { '120114': 2, 'zona-1': 1 },
      desk: {},
      tablet: {},
      paper: {},
    });
    expect(notes[2]).toMatchObject({ lines: 3, voters: 3 });
    const waiting = await fresh.sql`
      select id from round_note where round_id = ${id} and sent_at is null`;
    expect(waiting).toHaveLength(0);
  });

  it('freezes the roll: who is added later is not on it, and opening twice changes nothing', async () => {
    const id = await steps.drafted('frozen');
    await requestOpenRound(fresh.db, OPERATOR, { roundId: id });
    box.broken = 503;
    await expect(advanceRound(context, id)).rejects.toThrow();
    box.broken = null;
    await advanceRound(context, id);
    const [first] = await fresh.sql`select manifest from round where id = ${id}`;
    await seedResident(fresh.db, { dni: '69999999' });
    await fresh.sql`update round set state = 'opening' where id = ${id}`;
    await advanceRound(context, id);
    const again = await fresh.sql`select manifest,
      (select count(*)::int from roll_entry where round_id = ${id}) as roll from round where id = ${id}`;
    expect(again[0]!['manifest']).toBe(first!['manifest']);
    expect(again[0]!['roll']).toBe(60);
    await fresh.sql`delete from resident where not exists
      (select 1 from roll_entry where resident_id = resident.id)`;
  });

  it('the manifest carries groups, money, proposals and rules as they were', async () => {
    const id = await steps.opened('manifest');
    const { manifestHash } = (await roundById(fresh.db, id))!;
    const manifest = await frozenManifest(fresh.db, id, manifestHash!);
    expect(
      manifest.groups.map(({ id: group, districts, eligible }) => [group, districts, eligible]),
    ).toEqual([
      ['120114', ['120114'], 45],
      ['zona-1', ['120101', '120130'], 15],
    ]);
    expect(manifest.contests.map((contest) => [contest.id, contest.groups])).toEqual([
      ['prioridades', 'all'],
      ['fondo-provincia', 'all'],
      ['fondo-120114', ['120114']],
    ]);
    expect(manifest.contests[1]).toMatchObject({
      envelopeCents: 500_000_00,
      title: { es: 'Fondo de la provincia', en: 'Provincial fund' },
      rule: { kind: 'equal-shares' },
    });
    expect(manifest.lotSeedCommitment).toMatch(/^[0-9a-f]{64}$/);
  });

  it('closes by the database’s clock without anybody asking, and forgets the issuer’s keys', async () => {
    const id = await steps.opened('due');
    expect(await readdir(join(keysFolder, 'issuer', id))).toHaveLength(2);
    await advanceRound(context, id);
    expect((await roundById(fresh.db, id))!.state).toBe('open');
    await asSuperuser(
      fresh.owner,
      (sql) => sql`update round set closes_at = now() where id = ${id}`,
    );
    await advanceRound(context, id);
    expect((await roundById(fresh.db, id))!.state).toBe('tallied');
    expect(await steps.actionsOf(id)).toContain('system round.close-requested');
    expect(await readdir(join(keysFolder, 'issuer', id))).toHaveLength(0);
  });

  it('while the box is away the state stays, the note says so, and the audit says it once', async () => {
    const id = await steps.drafted('away');
    await requestOpenRound(fresh.db, OPERATOR, { roundId: id });
    box.broken = 503;
    for (let i = 0; i < 3; i += 1) await expect(advanceRound(context, id)).rejects.toThrow();
    box.broken = null;
    expect(await roundById(fresh.db, id)).toMatchObject({
      state: 'opening',
      jobNote: 'failed-box-away',
    });
    expect(
      (await steps.actionsOf(id)).filter((action) => action.endsWith('job-failed')),
    ).toHaveLength(1);
    await advanceRound(context, id);
    expect(await roundById(fresh.db, id)).toMatchObject({ state: 'open', jobNote: null });
  });
});

describe('the worker process', () => {
  it('opens what is asked for within its ticks, and stops cleanly', async () => {
    const id = await steps.drafted('ticking');
    const worker = await startWorker({
      databaseUrl: fresh.url,
      ballotBoxUrl: box.url,
      issuerSocket: join(keysFolder, 'issuer.sock'),
      keysFolder,
      municipality: 'Huancayo',
      witnesses: [],
      version: 'test',
      log: pino({ level: 'silent' }),
    });
    try {
      await requestOpenRound(fresh.db, OPERATOR, { roundId: id });
      await vi.waitFor(
        async () => {
          const [row] = await fresh.db
            .select({ state: round.state })
            .from(round)
            .where(eq(round.id, id));
          expect(row!.state).toBe('open');
        },
        { timeout: 60_000, interval: 200 },
      );
    } finally {
      await worker.stop();
    }
    expect(await steps.actionsOf(id)).toEqual([
      'operator round.drafted',
      'operator round.open-requested',
      'worker round.opened',
    ]);
  });
});
