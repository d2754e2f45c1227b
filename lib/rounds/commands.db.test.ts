import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '@/lib/auth/actor';
import { freshRegistry } from '@/services/supervisor/test-support';
import { requestCloseRound, requestOpenRound, requestTally } from './commands';
import { beginDueClosing, recordClosed } from './commands/advance-round';
import { draftRound } from './commands/draft-round';
import { contestsOf } from './contest-queries';
import { freezeRound, recordOpened } from './commands/open-round';
import type { DraftInput } from './input';
import { roundById } from './queries';
import { asSuperuser, seedCycle, seedOpenRound, seedResident, TEST_CYCLE } from './test-round';

const OPERATOR: Actor = { kind: 'operator' };
const staff = (
  ...roles: ('administrator' | 'officer' | 'technical-team' | 'councillor')[]
): Actor => ({
  kind: 'staff',
  id: 'someone',
  displayName: 'Alguien',
  roles,
});
const HOUR_MS = 60 * 60 * 1000;

let fresh: Awaited<ReturnType<typeof freshRegistry>>;
beforeAll(async () => {
  fresh = await freshRegistry();
  await seedCycle(fresh.db);
  await seedResident(fresh.db, { dni: '61000001' });
});
afterAll(async () => {
  await fresh.drop();
});

let rounds = 0;
function draft(changes: Partial<DraftInput> = {}): DraftInput {
  rounds += 1;
  return {
    id: `ronda-${rounds}`,
    cycleId: TEST_CYCLE,
    screenCode: `RR${rounds}`,
    nameEs: 'Votación de prueba',
    nameEn: 'Test vote',
    opensAt: new Date(Date.now() - HOUR_MS),
    closesAt: new Date(Date.now() + HOUR_MS),
    livePolicy: 'at-close',
    minGroup: 20,
    ranksPlan: true,
    allocates: [],
    ...changes,
  };
}

async function drafted(changes: Partial<DraftInput> = {}): Promise<string> {
  const answer = await draftRound(fresh.db, OPERATOR, draft(changes));
  if (!answer.ok) throw new Error(answer.reason);
  return answer.value.id;
}

const auditsOf = async (id: string): Promise<number> =>
  (await fresh.sql`select 1 from audit_entry where subject = ${`round:${id}`}`).length;

describe('who may', () => {
  it.each([
    ['an officer', staff('officer')],
    ['the technical team', staff('technical-team')],
    ['a councillor', staff('councillor')],
    ['staff without a role', staff()],
    ['the worker', { kind: 'worker' } as const],
    ['the system', { kind: 'system' } as const],
  ])('%s neither drafts, opens, closes nor counts', async (_name, actor) => {
    const id = await drafted();
    const audits = await auditsOf(id);
    const refusal = { ok: false, reason: 'not-allowed' };
    expect(await draftRound(fresh.db, actor, draft())).toEqual(refusal);
    expect(await requestOpenRound(fresh.db, actor, { roundId: id })).toEqual(refusal);
    expect(
      await requestCloseRound(fresh.db, actor, { roundId: id, reason: 'Una razón cualquiera' }),
    ).toEqual(refusal);
    expect(await requestTally(fresh.db, actor, { roundId: id })).toEqual(refusal);
    expect((await roundById(fresh.db, id))!.state).toBe('draft');
    expect(await auditsOf(id)).toBe(audits);
  });

  it('an administrator and the operator do; the steps of the worker are the worker’s alone', async () => {
    const id = await drafted();
    const admin = staff('administrator');
    expect((await requestOpenRound(fresh.db, admin, { roundId: id })).ok).toBe(true);
    const refusal = { ok: false, reason: 'not-allowed' };
    expect(await recordOpened(fresh.db, admin, id)).toEqual(refusal);
    expect(await beginDueClosing(fresh.db, OPERATOR, id)).toEqual(refusal);
    expect(await recordClosed(fresh.db, OPERATOR, { roundId: id, ballots: 0 })).toEqual(refusal);
    const nothing = () => Promise.reject(new Error('must not be asked for'));
    expect(
      await freezeRound(fresh.db, admin, id, {
        keyOf: nothing,
        municipality: '',
        witnesses: [],
        titles: { rank: both, province: both, district: () => both },
        recordKey: '',
        orderKey: '',
        engine: '',
        software: '',
      }),
    ).toEqual(refusal);
  });
});
const both = { es: 'x', en: 'x' };

describe('a rule with a ceiling', () => {
  it('is kept in céntimos of what the envelope holds, and shown with its contest', async () => {
    const [{ amount }] = await fresh.sql<[{ amount: string }]>`
      select amount_cents as amount from envelope where id = 'pp2027-province'`;
    const ceilingCents = Math.floor((Number(amount) * 33) / 100);
    const id = await drafted({
      ranksPlan: false,
      allocates: [{ envelopeId: 'pp2027-province', rule: 'greedy-per-cost', ceilingPercent: 33 }],
    });
    expect(await contestsOf(fresh.db, id)).toMatchObject([
      { rule: 'greedy-per-cost', threshold: null, ceilingCents },
    ]);
    const [{ details }] = await fresh.sql<[{ details: { rules: string[] } }]>`
      select details from audit_entry where subject = ${`round:${id}`}`;
    expect(details.rules).toEqual([`greedy-per-cost ${ceilingCents}`]);
    const plain = { allocates: [{ envelopeId: 'pp2027-province', rule: 'greedy' as const }] };
    expect(await contestsOf(fresh.db, await drafted(plain))).toMatchObject([
      { kind: 'rank' },
      { rule: 'greedy', ceilingCents: null },
    ]);
  });
});

describe('the most proposals that a ballot may mark', () => {
  it('is ten unless it is chosen, and belongs to allocations only', async () => {
    const id = await drafted({
      allocates: [
        { envelopeId: 'pp2027-province', rule: 'greedy' },
        { envelopeId: 'pp2027-120114', rule: 'greedy', maxPicks: 3 },
      ],
    });
    expect(await contestsOf(fresh.db, id)).toMatchObject([
      { kind: 'rank', maxPicks: null },
      { kind: 'allocate', maxPicks: 10 },
      { kind: 'allocate', maxPicks: 3 },
    ]);
    const [{ details }] = await fresh.sql<[{ details: { maxPicks: unknown } }]>`
      select details from audit_entry where subject = ${`round:${id}`}`;
    expect(details.maxPicks).toEqual([null, 10, 3]);
    for (const wrong of [0, 101]) {
      await expect(
        fresh.sql`update contest set max_picks = ${wrong} where round_id = ${id} and position = 1`,
      ).rejects.toThrow('contest_limits_picks_of_an_allocation');
    }
    await expect(
      fresh.sql`update contest set max_picks = 5 where round_id = ${id} and kind = 'rank'`,
    ).rejects.toThrow('contest_limits_picks_of_an_allocation');
  });
});

describe('what cannot be drafted', () => {
  it.each([
    ['without a question', { ranksPlan: false, allocates: [] }, 'no-contest'],
    ['of no cycle', { cycleId: 'pp1999' }, 'no-cycle'],
    [
      'with an envelope of nobody',
      { allocates: [{ envelopeId: 'pp2027-120199', rule: 'greedy' as const }] },
      'unknown-envelope',
    ],
  ])('a round %s', async (_name, changes, reason) => {
    const input = draft(changes);
    expect(await draftRound(fresh.db, OPERATOR, input)).toEqual({ ok: false, reason });
    expect(await roundById(fresh.db, input.id)).toBeNull();
    expect(await auditsOf(input.id)).toBe(0);
  });

  it('two with one identifier, or one screen code, also when sent at the same moment', async () => {
    const one = draft();
    const twins = await Promise.all([
      draftRound(fresh.db, OPERATOR, one),
      draftRound(fresh.db, OPERATOR, { ...one, screenCode: 'OTRO1' }),
    ]);
    expect(twins.filter((answer) => answer.ok)).toHaveLength(1);
    expect(twins).toContainEqual({ ok: false, reason: 'id-taken' });
    const code = await Promise.all([
      draftRound(fresh.db, OPERATOR, draft({ screenCode: 'MISMO' })),
      draftRound(fresh.db, OPERATOR, draft({ screenCode: 'MISMO' })),
    ]);
    expect(code.filter((answer) => answer.ok)).toHaveLength(1);
    expect(code).toContainEqual({ ok: false, reason: 'screen-code-taken' });
  });
});

describe('what cannot be opened', () => {
  it('a round whose closing is past by the database’s clock', async () => {
    const id = await drafted({
      opensAt: new Date(Date.now() - 2 * HOUR_MS),
      closesAt: new Date(Date.now() - HOUR_MS),
    });
    expect(await requestOpenRound(fresh.db, OPERATOR, { roundId: id })).toEqual({
      ok: false,
      reason: 'closing-is-past',
    });
  });

  it('a round with an envelope that no eligible proposal asks for', async () => {
    await fresh.sql`update proposal set state = 'under-evaluation' where code = '2027-003'`;
    const id = await drafted({ allocates: [{ envelopeId: 'pp2027-120114', rule: 'greedy' }] });
    expect(await requestOpenRound(fresh.db, OPERATOR, { roundId: id })).toEqual({
      ok: false,
      reason: 'contest-without-proposals',
    });
  });

  it('two rounds that share out the same money, also when both are asked for at one moment', async () => {
    const twins = await Promise.all(
      [1, 2, 3, 4].map(() =>
        drafted({ allocates: [{ envelopeId: 'pp2027-province', rule: 'greedy' }] }),
      ),
    );
    const answers = await Promise.all(
      twins.map((roundId) => requestOpenRound(fresh.db, OPERATOR, { roundId })),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.filter((a) => !a.ok && a.reason === 'envelope-being-voted')).toHaveLength(3);
    // Once its result is public, the money may be voted again.
    const opened = twins[answers.findIndex((answer) => answer.ok)]!;
    await asSuperuser(
      fresh.owner,
      (sql) => sql`
      update round set state = 'published', manifest = 'x', manifest_hash = repeat('0', 64) where id = ${opened}`,
    );
    const next = twins.find((id) => id !== opened)!;
    expect(await requestOpenRound(fresh.db, OPERATOR, { roundId: next })).toMatchObject({
      ok: true,
    });
  });

  it('a round that is not there, or that was opened a moment ago: twenty requests open it once', async () => {
    expect(await requestOpenRound(fresh.db, OPERATOR, { roundId: 'nada' })).toEqual({
      ok: false,
      reason: 'not-found',
    });
    const id = await drafted();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => requestOpenRound(fresh.db, OPERATOR, { roundId: id })),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.filter((a) => !a.ok && a.reason === 'wrong-state')).toHaveLength(19);
    expect(await auditsOf(id)).toBe(2);
  });
});

describe('what cannot be closed or counted', () => {
  const openRound = async (id: string): Promise<string> => {
    await seedOpenRound(fresh.db, { id, residents: [], manifest: '{}', manifestHash: 'h' });
    return id;
  };

  it('before the announced hour a reason is needed, and blanks are none', async () => {
    const id = await openRound('early');
    for (const reason of [undefined, '', 'corto', '               ']) {
      expect(await requestCloseRound(fresh.db, OPERATOR, { roundId: id, reason })).toEqual({
        ok: false,
        reason: 'reason-needed',
      });
    }
    expect((await roundById(fresh.db, id))!.state).toBe('open');
    const reason = 'Corte de luz en toda la provincia';
    expect((await requestCloseRound(fresh.db, OPERATOR, { roundId: id, reason })).ok).toBe(true);
    const [entry] = await fresh.sql`select details from audit_entry
      where subject = 'round:early' and action = 'round.close-requested'`;
    expect(entry!['details']).toEqual({ early: true, reason });
  });

  it('after the announced hour no reason is needed', async () => {
    const id = await openRound('late');
    await asSuperuser(
      fresh.owner,
      (sql) => sql`update round set closes_at = now() where id = 'late'`,
    );
    expect((await requestCloseRound(fresh.db, OPERATOR, { roundId: id })).ok).toBe(true);
  });

  it('a draft is not closed, an open round not counted, a closed one not opened again', async () => {
    const id = await drafted();
    const refusal = { ok: false, reason: 'wrong-state' };
    expect(
      await requestCloseRound(fresh.db, OPERATOR, { roundId: id, reason: 'Una razón cualquiera' }),
    ).toEqual(refusal);
    const open = await openRound('counting');
    expect(await requestTally(fresh.db, OPERATOR, { roundId: open })).toEqual(refusal);
    await fresh.sql`update round set state = 'closed' where id = 'counting'`;
    expect((await requestTally(fresh.db, OPERATOR, { roundId: open })).ok).toBe(true);
  });
});
