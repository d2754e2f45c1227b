import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Actor } from '@/lib/auth/actor';
import { RECORD_FILES } from '@/lib/record/files';
import { announcedTally } from '@/lib/record/format';
import { requestCloseRound, requestTally } from '@/lib/rounds/commands';
import { roundsWithWork } from '@/lib/rounds/commands/advance-round';
import { roundById } from '@/lib/rounds/queries';
import { asSuperuser } from '@/lib/rounds/test-round';
import { queueAuditHead } from './record-notes';
import { advanceRound } from './steps';
import { startSteps, type Steps } from './test-steps';

const OPERATOR: Actor = { kind: 'operator' };
const HOUR_MS = 60 * 60 * 1000;

let steps: Steps;
let fresh: Steps['fresh'];
let box: Steps['box'];
let context: Steps['context'];

beforeAll(async () => {
  steps = await startSteps();
  ({ fresh, box, context } = steps);
});
afterAll(() => steps.stop());

describe('the end of a record', () => {
  it('waits for paper: nobody votes any more, and nothing is sealed or counted', async () => {
    const id = await steps.opened('paper');
    await steps.vote(id, steps.resident(5));
    const reason = 'Se prueban actas pendientes';
    await requestCloseRound(fresh.db, OPERATOR, { roundId: id, reason });
    const pending = vi.fn(() => Promise.resolve({ minutes: 1, tablets: 0 }));
    const waiting = { ...context, paperPending: pending };
    for (let i = 0; i < 3; i += 1) await advanceRound(waiting, id);
    expect(await roundById(fresh.db, id)).toMatchObject({
      state: 'closing',
      jobNote: 'closing-paper',
    });
    expect(box.rounds.get(id)!.state).toBe('closed');
    expect(steps.ordersOf(id).map(({ type }) => type)).toEqual(['open', 'close']);

    const keyed = {
      v: 1,
      type: 'paper-ballots',
      round: id,
      minutes: 'mesa-1',
      keyedBy: ['a', 'b'],
      arbitratedBy: null,
      ballots: [
        {
          group: '120114',
          choices: { prioridades: ['SOC-1'], 'fondo-provincia': ['2027-002'], 'fondo-120114': [] },
        },
      ],
    };
    await fresh.sql`insert into round_note (round_id, id, text)
      values (${id}, 'paper-ballots:mesa-1', ${JSON.stringify(keyed)})`;
    await fresh.sql`insert into credential (round_id, resident_id, group_id, channel, issued_on)
      values (${id}, ${steps.resident(6).id}, '120114', 'paper', current_date)`;
    await advanceRound(context, id);
    expect((await roundById(fresh.db, id))!.state).toBe('tallied');
    const [stored] = await fresh.sql`select document from result where round_id = ${id}`;
    expect(stored!['document']).toMatchObject({ ballots: 2 });
  });

  it('tells a cut seal again with the same words', async () => {
    const id = await steps.opened('cut');
    const reason = 'Se prueba un sello cortado';
    await requestCloseRound(fresh.db, OPERATOR, { roundId: id, reason });
    const cut = { ...context, box: { ...context.box, round: () => Promise.reject(new Error()) } };
    await expect(advanceRound(cut, id)).rejects.toThrow();
    expect((await roundById(fresh.db, id))!.state).toBe('closing');
    // The next day comes before the next try: a newer head would stand before that of the seal.
    await queueAuditHead(fresh.db, id, new Date(Date.now() + 26 * HOUR_MS));
    await advanceRound(context, id);
    const seals = steps.ordersOf(id).filter(({ type }) => type === 'seal');
    expect(seals).toHaveLength(2);
    expect(seals[1]).toEqual(seals[0]);
    expect((await roundById(fresh.db, id))!.state).toBe('tallied');
  });

  it('has the announced count once it is published, and not before', async () => {
    const id = await steps.opened('announced');
    await steps.vote(id, steps.resident(7));
    const reason = 'Se prueba el anuncio';
    await requestCloseRound(fresh.db, OPERATOR, { roundId: id, reason });
    await advanceRound(context, id);
    expect(await roundsWithWork(fresh.db)).not.toContain(id);
    expect(box.rounds.get(id)!.tally).toBeNull();
    await fresh.sql`update round set state = 'published' where id = ${id}`;
    await fresh.sql`update result set published_at = now() where round_id = ${id}`;
    expect(await roundsWithWork(fresh.db)).toContain(id);
    await advanceRound(context, id);
    const tally = announcedTally.parse(JSON.parse(box.rounds.get(id)!.tally!));
    expect(tally).toMatchObject({ round: id, ballots: 1 });
    expect(await roundsWithWork(fresh.db)).not.toContain(id);
  });
});

describe('a public record that does not hold', () => {
  it.each([
    ['another manifest', 'manifest.json', (text: string) => `${text} `],
    [
      'a ballot taken away',
      'ballots/000000.ndjson',
      (text: string) => text.slice(text.indexOf('\n') + 1),
    ],
    ['a note taken away', 'notes.ndjson', (text: string) => text.slice(text.indexOf('\n') + 1)],
    ['other rights issued', 'notes.ndjson', (text: string) => text.replace('120114', '120101')],
    ['a ballot twice', 'ballots/000000.ndjson', (text: string) => text + text],
    ['a changed ballot', 'ballots/000000.ndjson', (text: string) => text.replace('SOC-1', 'AMB-1')],
    [
      'a checkpoint signed by nobody',
      'checkpoint',
      (text: string) => text.replace(/— .*/, '— x eA=='),
    ],
    [
      'a checkpoint of another size',
      'checkpoint',
      (text: string) => text.replace(/\n(\d+)\n/, (_, size) => `\n${String(Number(size) + 1)}\n`),
    ],
  ])('with %s is not counted', async (_name, file, lie) => {
    const id = await steps.opened(`lie${String((lies += 1))}`);
    await steps.vote(id, steps.resident(2));
    await steps.vote(id, steps.resident(3));
    const reason = 'Se prueba un registro falso';
    await requestCloseRound(fresh.db, OPERATOR, { roundId: id, reason });
    box.lies.set(RECORD_FILES.index, '{}');
    await expect(advanceRound(context, id)).rejects.toThrow('failed-box-refused');
    box.lies.clear();
    const truth = await context.box.record(id, file);
    const told = lie(truth!);
    expect(told).not.toBe(truth);
    box.lies.set(file, told);
    await expect(advanceRound(context, id)).rejects.toThrow('failed-record');
    box.lies.clear();
    expect(await roundById(fresh.db, id)).toMatchObject({
      state: 'tallying',
      jobNote: 'failed-record',
    });
    const results = await fresh.sql`select 1 from result where round_id = ${id}`;
    expect(results).toHaveLength(0);
    // Asked again with the true record, it counts.
    expect(await requestTally(fresh.db, OPERATOR, { roundId: id })).toMatchObject({ ok: true });
    await advanceRound(context, id);
    expect((await roundById(fresh.db, id))!.state).toBe('tallied');
  });

  it('with more ballots than credentials issued is not counted', async () => {
    const id = await steps.opened('stuffed');
    await steps.vote(id, steps.resident(4));
    await asSuperuser(fresh.owner, (sql) => sql`delete from credential where round_id = ${id}`);
    await fresh.sql`update round set state = 'closing' where id = ${id}`;
    await expect(advanceRound(context, id)).rejects.toThrow('more-cast-than-issued');
  });
});
let lies = 0;
