import { readFileSync, globSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { StaffActor } from '@/lib/auth/actor';
import type { Role } from '@/lib/auth/roles';
import { checkChain } from '@/lib/audit/chain';
import { draftRound } from '@/lib/rounds/commands/draft-round';
import { roundById } from '@/lib/rounds/queries';
import { seedCycle, seedOpenRound, seedResident, TEST_CYCLE } from '@/lib/rounds/test-round';
import { closeOrAsk, openOrAsk, publishOrAsk } from './rounds/two-people';
import { freshRegistry } from '@/services/supervisor/test-support';
import { ask, decide, withdraw } from './commands';
import { approvalsPage, isAsked, waitingApprovals } from './queries';

/** T22: what decides a vote takes two people, and the audit says which. */

const HOUR_MS = 60 * 60 * 1000;
const TWO = { twoPeople: true };
const REASON = 'Terminó la revisión de las propuestas';

let registry: Awaited<ReturnType<typeof freshRegistry>>;
const as = (id: string, ...roles: Role[]): StaffActor => ({
  kind: 'staff',
  id,
  displayName: id,
  roles,
});
const ana = as('ana', 'administrator');
const beto = as('beto', 'administrator');
const vera = as('vera', 'oversight', 'auditor');

beforeAll(async () => {
  registry = await freshRegistry();
  await seedCycle(registry.db);
  await seedResident(registry.db, { dni: '61000001' });
  for (const id of ['ana', 'beto', 'vera']) {
    await registry.sql`insert into staff (id, display_name, email) values (${id}, ${id}, ${`${id}@example.pe`})`;
    await registry.sql`insert into staff_role values (${id}, ${id === 'vera' ? 'oversight' : 'administrator'})`;
  }
});
afterAll(async () => {
  await registry.drop();
});
beforeEach(async () => {
  await registry.owner`delete from approval`;
  await registry.sql`update staff set disabled_at = null`;
});

let rounds = 0;
async function drafted(): Promise<string> {
  rounds += 1;
  const answer = await draftRound(registry.db, ana, {
    id: `ronda-${String(rounds)}`,
    cycleId: TEST_CYCLE,
    screenCode: `AP${String(rounds)}`,
    nameEs: 'Votación de prueba',
    nameEn: 'Test vote',
    opensAt: new Date(Date.now() - HOUR_MS),
    closesAt: new Date(Date.now() + HOUR_MS),
    livePolicy: 'at-close',
    minGroup: 20,
    ranksPlan: true,
    allocates: [],
  });
  if (!answer.ok) throw new Error(answer.reason);
  return answer.value.id;
}

const stateOf = async (id: string) => (await roundById(registry.db, id))?.state;
const decisionOn = (approvalId: string, decision: 'approved' | 'declined' = 'approved') => ({
  approvalId,
  decision,
});

async function askedToOpen(roundId: string): Promise<string> {
  const answer = await openOrAsk(registry.db, ana, { roundId, reason: REASON }, TWO);
  expect(answer).toEqual({ ok: true, value: 'asked' });
  const { approvals } = await approvalsPage(registry.db, { page: 1, perPage: 1 });
  return approvals[0]!.id;
}

async function tallied(): Promise<string> {
  const roundId = await drafted();
  await registry.owner`update round set state = 'tallied', manifest_hash = 'x' where id = ${roundId}`;
  await addCount(roundId, 1);
  return roundId;
}

async function addCount(roundId: string, version: number): Promise<void> {
  await registry.owner`
    insert into result (round_id, version, engine, input_hash, document, tallied_at)
    values (${roundId}, ${version}, 'e', ${`hash-${String(version)}`}, '{}', now())`;
}

describe('T22: each sensitive act of one person alone stays pending', () => {
  it('opening a round', async () => {
    const roundId = await drafted();
    const approvalId = await askedToOpen(roundId);
    expect(await stateOf(roundId)).toBe('draft');
    expect(await decide(registry.db, ana, decisionOn(approvalId))).toEqual({
      ok: false,
      reason: 'own-request',
    });
    expect(await stateOf(roundId)).toBe('draft');
    expect(await decide(registry.db, beto, decisionOn(approvalId))).toEqual({
      ok: true,
      value: null,
    });
    expect(await stateOf(roundId)).toBe('opening');
    const trail = await registry.sql`
      select actor, action, details ->> 'askedBy' as asker from audit_entry
      where subject = ${`round:${roundId}`} order by seq`;
    const said = trail.map((line) => [String(line['actor']), String(line['action'])]);
    expect(said).toEqual([
      ['staff:ana', 'round.drafted'],
      ['staff:ana', 'approval.asked'],
      ['staff:beto', 'round.open-requested'],
      ['staff:beto', 'approval.decided'],
    ]);
    expect(trail[3]!['asker']).toBe('ana');
    expect((await checkChain(registry.db)).problem).toBeNull();
  });

  it('closing before the hour, with a reason long enough to be read', async () => {
    const roundId = 'ronda-abierta';
    await seedOpenRound(registry.db, {
      id: roundId,
      residents: [],
      manifest: '{}',
      manifestHash: 'x',
    });
    const close = (reason: string) => closeOrAsk(registry.db, ana, { roundId, reason }, TWO);
    expect(await close('corto')).toEqual({ ok: false, reason: 'reason-needed' });
    expect(await close('Corte de luz en la provincia')).toEqual({ ok: true, value: 'asked' });
    expect(await stateOf(roundId)).toBe('open');
    const [open] = (await approvalsPage(registry.db, { page: 1, perPage: 1 })).approvals;
    expect((await decide(registry.db, beto, decisionOn(open!.id))).ok).toBe(true);
    expect(await stateOf(roundId)).toBe('closing');
  });

  it('publishing a count: that count and no later one', async () => {
    const roundId = await tallied();
    expect(await publishOrAsk(registry.db, ana, { roundId, reason: REASON }, TWO)).toEqual({
      ok: true,
      value: 'asked',
    });
    expect(await stateOf(roundId)).toBe('tallied');
    const [open] = (await approvalsPage(registry.db, { page: 1, perPage: 1 })).approvals;
    expect(open!.values).toMatchObject({ version: 1, inputHash: 'hash-1' });
    await addCount(roundId, 2);
    expect(await decide(registry.db, beto, decisionOn(open!.id))).toEqual({
      ok: false,
      reason: 'changed-since',
    });
    expect(await stateOf(roundId)).toBe('tallied');
    // Nothing was decided: the request can still be declined.
    expect((await decide(registry.db, beto, decisionOn(open!.id, 'declined'))).ok).toBe(true);
  });

  it('also for the operator at the machine, who cannot be the second person either', async () => {
    const roundId = await drafted();
    const refused = { ok: false, reason: 'two-people' };
    expect(await openOrAsk(registry.db, { kind: 'operator' }, { roundId }, TWO)).toEqual(refused);
    expect(await publishOrAsk(registry.db, { kind: 'operator' }, { roundId }, TWO)).toEqual(
      refused,
    );
    const approvalId = await askedToOpen(roundId);
    expect((await decide(registry.db, { kind: 'operator' }, decisionOn(approvalId))).ok).toBe(
      false,
    );
  });

  it('unless the municipality has set that one person is enough', async () => {
    const roundId = await drafted();
    expect(await openOrAsk(registry.db, ana, { roundId }, { twoPeople: false })).toEqual({
      ok: true,
      value: 'done',
    });
    expect(await stateOf(roundId)).toBe('opening');
  });

  it('and no page or command of the operator goes around the two', () => {
    // The chaos runs of services/chaos are tests: they work on a stack of their own.
    const files = globSync('{app,services}/**/*.{ts,tsx}').filter(
      (file) => !/\.test\.tsx?$|test-|services.chaos/.test(file),
    );
    expect(files.length).toBeGreaterThan(100);
    const around = files.filter((file) =>
      /\b(requestOpenRound|requestCloseRound|publishResults|openRoundIn|closeRoundIn|publishResultsIn)\b/.test(
        readFileSync(file, 'utf8'),
      ),
    );
    expect(around).toEqual([]);
  });
});

describe('a request', () => {
  it('is one at a time on the same thing, and is gone when withdrawn', async () => {
    const roundId = await drafted();
    const approvalId = await askedToOpen(roundId);
    expect(await openOrAsk(registry.db, beto, { roundId, reason: REASON }, TWO)).toEqual({
      ok: false,
      reason: 'already-asked',
    });
    expect((await withdraw(registry.db, beto, approvalId)).ok).toBe(false);
    expect((await withdraw(registry.db, ana, approvalId)).ok).toBe(true);
    expect(await decide(registry.db, beto, decisionOn(approvalId))).toEqual({
      ok: false,
      reason: 'not-found',
    });
    expect(await isAsked(registry.db, 'round.open', roundId)).toBe(false);
    await askedToOpen(roundId);
  });

  it('is decided once, however many decide at the same moment', async () => {
    const roundId = await drafted();
    const approvalId = await askedToOpen(roundId);
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        decide(
          registry.db,
          beto,
          decisionOn(approvalId, index % 2 === 0 ? 'approved' : 'declined'),
        ),
      ),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it('is worth nothing after its days, and makes room for another', async () => {
    const roundId = await drafted();
    const approvalId = await askedToOpen(roundId);
    await registry.owner`alter table approval disable trigger approval_kept`;
    await registry.owner`update approval set expires_at = now() - interval '1 second'`;
    await registry.owner`alter table approval enable trigger approval_kept`;
    expect(await decide(registry.db, beto, decisionOn(approvalId))).toEqual({
      ok: false,
      reason: 'expired',
    });
    expect(await waitingApprovals(registry.db)).toBe(0);
    expect(await stateOf(roundId)).toBe('draft');
    await askedToOpen(roundId);
    const { approvals } = await approvalsPage(registry.db, { page: 1, perPage: 10 });
    expect(approvals.map(({ decision }) => decision)).toEqual([null, 'expired']);
  });

  it('dies with the right of who asked, and with a change of what was asked', async () => {
    const roundId = await drafted();
    const approvalId = await askedToOpen(roundId);
    await registry.sql`update staff set disabled_at = now() where id = 'ana'`;
    expect(await decide(registry.db, beto, decisionOn(approvalId))).toEqual({
      ok: false,
      reason: 'asker-gone',
    });
    await registry.sql`update staff set disabled_at = null`;
    await registry.owner`update round set min_group = 1 where id = ${roundId}`;
    expect(await decide(registry.db, beto, decisionOn(approvalId))).toEqual({
      ok: false,
      reason: 'changed-since',
    });
    expect(await stateOf(roundId)).toBe('draft');
  });

  it('is neither made nor decided by who only watches, and says what it is about', async () => {
    const roundId = await drafted();
    expect(await openOrAsk(registry.db, vera, { roundId, reason: REASON }, TWO)).toEqual({
      ok: false,
      reason: 'not-allowed',
    });
    const approvalId = await askedToOpen(roundId);
    expect(await decide(registry.db, vera, decisionOn(approvalId))).toEqual({
      ok: false,
      reason: 'not-allowed',
    });
    const [line] = (await approvalsPage(registry.db, { page: 1, perPage: 1 })).approvals;
    expect(line).toMatchObject({
      kind: 'round.open',
      reason: REASON,
      requestedByName: 'ana',
      values: { round: 'Votación de prueba', href: `/admin/rounds/${roundId}` },
    });
  });

  it('is shown alone to an officer who asked for it, and counted alone', async () => {
    await askedToOpen(await drafted());
    const of = (askedBy: string) => approvalsPage(registry.db, { page: 1, perPage: 5, askedBy });
    expect((await of('ana')).approvals).toHaveLength(1);
    expect(await of('beto')).toEqual({ approvals: [], total: 0 });
  });

  it.each([
    ['an unknown kind', { kind: 'round.burn', subject: 'x', reason: REASON }, 'not-allowed'],
    ['no reason', { kind: 'staff.recovery', subject: 'beto', reason: '  ' }, 'reason-missing'],
    [
      'a payload with more in it',
      { kind: 'staff.recovery', subject: 'beto', reason: REASON, payload: { role: 'x' } },
      'malformed',
    ],
  ])('with %s is refused', async (_name, input, reason) => {
    expect(await ask(registry.db, ana, input)).toEqual({ ok: false, reason });
  });

  it('is held to two people by the database itself, and stays as it was', async () => {
    const approvalId = await askedToOpen(await drafted());
    await expect(
      registry.sql`update approval set decided_by = 'ana', decided_at = now(), decision = 'approved'`,
    ).rejects.toThrow(/approval_by_two_people/);
    await expect(
      registry.sql`update approval set decided_by = 'beto', decided_at = now(), decision = 'withdrawn'`,
    ).rejects.toThrow(/approval_by_two_people/);
    await expect(registry.sql`update approval set payload = '{"draft": "otro"}'`).rejects.toThrow(
      /asked once/,
    );
    await decide(registry.db, beto, decisionOn(approvalId, 'declined'));
    await expect(registry.owner`update approval set decision = 'approved'`).rejects.toThrow(
      /decided once/,
    );
    await expect(registry.sql`delete from approval`).rejects.toThrow(/permission denied/);
  });
});
