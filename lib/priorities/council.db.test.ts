import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  cycle,
  dimensionWeight,
  envelope,
  priorityAdoption,
  priorityDecision,
  priorityProposal,
  proposal,
  result,
  round,
  staff,
} from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import type { Actor } from '@/lib/auth/actor';
import { DIMENSION_IDS, type DimensionId } from '@/lib/plan/types';
import { LOT_COMMITMENT, LOT_SEED, ballotsFixture } from '@/lib/results/count.fixture';
import { storeTally } from '@/lib/results/commands';
import { manifestFixture } from '@/lib/rounds/manifest.fixture';
import { publishedResult, tallyForStaff, turnoutBeforePublication } from '@/lib/results/queries';
import { asSuperuser, TEST_CYCLE, seedCycle } from '@/lib/rounds/test-round';
import { ok } from '@/lib/shared/result';
import { freshRegistry } from '@/services/supervisor/test-support';
import { adoptPriorities, decidePriority, reopenDecisions } from './commands';
import { priorityDocument, priorityDocumentHash } from './document';
import { publishResults } from './publish';

const ROUND = 'pp2027-votacion';
const PROPOSAL = `${ROUND}-v1`;
const operator: Actor = { kind: 'operator' };
const councillor = (id: string): Actor => ({
  kind: 'staff',
  id,
  displayName: id,
  roles: ['councillor'],
});
const regidora = councillor('regidora');
const regidor = councillor('regidor');
const officer: Actor = { kind: 'staff', id: 'mesa', displayName: 'mesa', roles: ['officer'] };

const manifest = manifestFixture({
  minGroup: 3,
  lotSeedCommitment: LOT_COMMITMENT,
  groups: [
    {
      id: '120101',
      name: 'Huancayo',
      districts: ['120101'],
      eligible: 90,
      key: 'AA',
      rollRoot: '0'.repeat(64),
    },
    {
      id: 'zona-1',
      name: 'Zona 1',
      districts: ['120114', '120130'],
      eligible: 50,
      key: 'AB',
      rollRoot: '0'.repeat(64),
    },
  ],
});
const tallyInput = {
  roundId: ROUND,
  manifest,
  manifestHash: 'hash',
  ballots: ballotsFixture(manifest, { 120101: 40, 'zona-1': 12 }),
  recordRoot: 'root',
  lotSeed: LOT_SEED,
  issuedByGroup: { 120101: 41, 'zona-1': 12 },
};

let registry: Awaited<ReturnType<typeof freshRegistry>>;
beforeAll(async () => {
  registry = await freshRegistry();
  const { db } = registry;
  await seedCycle(db);
  await db.insert(staff).values(
    ['regidora', 'regidor', 'mesa'].map((id) => ({
      id,
      displayName: id,
      email: `${id}@example.org`,
    })),
  );
});
afterAll(() => registry.drop());

beforeEach(async () => {
  const { db, owner } = registry;
  await owner`truncate priority_adoption, priority_decision, priority_proposal, dimension_weight, result`;
  await owner`delete from envelope where scope = 'dimension'`;
  await asSuperuser(owner, (sql) => sql`delete from round`);
  await owner`delete from cycle where id = 'pp2028'`;
  await db.update(proposal).set({ state: 'eligible' });
  await db.insert(round).values({
    id: ROUND,
    cycleId: TEST_CYCLE,
    screenCode: 'HYO27',
    nameEs: 'Votación',
    nameEn: 'Vote',
    state: 'tallied',
    opensAt: new Date('2026-01-01T00:00:00Z'),
    closesAt: new Date('2026-02-01T00:00:00Z'),
    livePolicy: 'at-close',
    manifest: '{}',
    manifestHash: 'hash',
  });
});

const now = new Date('2026-02-01T01:00:00Z');
async function tallied(input = tallyInput) {
  const stored = await inTransaction(registry.db, async (tx) =>
    ok(await storeTally(tx, { ...input, now })),
  );
  if (!stored.ok) throw new Error('a tally has no refusal');
  return stored.value;
}
async function published(): Promise<void> {
  await tallied();
  const answer = await publishResults(registry.db, operator, { roundId: ROUND });
  if (!answer.ok) throw new Error(answer.reason);
}
const decide = (
  dimension: DimensionId,
  adoptedBp: number,
  actor = regidora,
  reason = 'Así lo acordó el concejo.',
) => decidePriority(registry.db, actor, { proposalId: PROPOSAL, dimension, adoptedBp, reason });
async function decideAll(
  weights: readonly number[] = [4000, 2500, 2500, 1000],
  proposalId = PROPOSAL,
): Promise<void> {
  for (const [at, dimension] of DIMENSION_IDS.entries()) {
    await decidePriority(registry.db, regidora, {
      proposalId,
      dimension,
      adoptedBp: weights[at] ?? 0,
      reason: 'Así lo acordó el concejo.',
    });
  }
}

describe('storing a count', () => {
  it('adds nothing when the same ballots are counted again, even at the same moment', async () => {
    const stored = await Promise.all([tallied(), tallied()]);
    expect(stored.map(({ version }) => version)).toEqual([1, 1]);
    expect(stored.map(({ alreadyStored }) => alreadyStored).sort()).toEqual([false, true]);
    expect(await registry.db.select().from(result)).toHaveLength(1);
  });

  it('keeps another count as the next version and leaves the first as it was', async () => {
    await tallied();
    const second = await tallied({ ...tallyInput, ballots: tallyInput.ballots.slice(1) });
    expect(second).toMatchObject({ version: 2, alreadyStored: false });
    expect(await registry.db.select().from(result)).toHaveLength(2);
  });

  it('shows nothing but turnout before publication, and the count only to who publishes it', async () => {
    await tallied();
    expect(await publishedResult(ROUND, registry.db)).toBeNull();
    expect(await turnoutBeforePublication(ROUND, registry.db)).toMatchObject({ ballots: 52 });
    expect(await tallyForStaff(regidora, ROUND, registry.db)).toBeNull();
    expect(await tallyForStaff(operator, ROUND, registry.db)).toMatchObject({ round: ROUND });
  });
});

describe('publishing', () => {
  it('decides the proposals, draws up next year’s priorities and opens its cycle as a draft', async () => {
    await published();
    const { db } = registry;
    const states = await db
      .select({ code: proposal.code, state: proposal.state })
      .from(proposal)
      .orderBy(proposal.code);
    const shown = await publishedResult(ROUND, db);
    const province = shown?.result.contests.find(({ id }) => id === 'fondo-provincia');
    const winners = province?.kind === 'allocate' ? province.winners : [];
    expect(winners.length).toBeGreaterThan(0);
    for (const { code, state } of states) {
      expect(state).toBe(winners.includes(code) ? 'funded' : 'not-funded');
    }
    const [next] = await db.select().from(cycle).where(eq(cycle.id, 'pp2028'));
    expect(next).toMatchObject({
      state: 'draft',
      fiscalYear: 2028,
      previousCycleId: TEST_CYCLE,
      ceilingCents: 1_000_000_00,
    });
    const [proposed] = await db.select().from(priorityProposal);
    const document = priorityDocument.parse(proposed?.document);
    expect(proposed).toMatchObject({ id: PROPOSAL, nextCycleId: 'pp2028' });
    expect(proposed?.documentHash).toBe(priorityDocumentHash(document));
    expect(document.voice.groups.map((group) => group.ballots)).toEqual([40, 12]);
  });

  it('happens once, also when two people publish at the same moment', async () => {
    await tallied();
    const answers = await Promise.all([
      publishResults(registry.db, operator, { roundId: ROUND }),
      publishResults(registry.db, operator, { roundId: ROUND }),
    ]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers).toContainEqual({ ok: false, reason: 'already-published' });
    expect(await registry.db.select().from(priorityProposal)).toHaveLength(1);
  });

  it('is refused to a councillor, before the count, and for a round nobody knows', async () => {
    const { db } = registry;
    expect(await publishResults(db, regidora, { roundId: ROUND })).toMatchObject({
      reason: 'not-allowed',
    });
    expect(await publishResults(db, operator, { roundId: 'none' })).toMatchObject({
      reason: 'not-found',
    });
    await db.update(round).set({ state: 'closed' });
    expect(await publishResults(db, operator, { roundId: ROUND })).toMatchObject({
      reason: 'not-tallied',
    });
  });
});

describe('the council’s decisions', () => {
  it('are one per dimension, also when two councillors decide it at the same moment', async () => {
    await published();
    const answers = await Promise.all([decide('SOC', 4000), decide('SOC', 3000, regidor)]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers).toContainEqual({ ok: false, reason: 'already-decided' });
    expect(await registry.db.select().from(priorityDecision)).toHaveLength(1);
  });

  it('never take more than the whole, also when two dimensions are decided at the same moment', async () => {
    await published();
    const answers = await Promise.all([decide('SOC', 6000), decide('ECO', 6000, regidor)]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers).toContainEqual({ ok: false, reason: 'over-the-whole' });
  });

  it('must add up to the whole: the fourth is refused otherwise and nothing of it stays', async () => {
    await published();
    await decide('SOC', 4000);
    await decide('ECO', 2500);
    await decide('AMB', 2500);
    expect(await decide('INS', 900)).toEqual({ ok: false, reason: 'sum-not-whole' });
    expect(await registry.db.select().from(priorityDecision)).toHaveLength(3);
    expect(await decide('INS', 1000)).toMatchObject({ ok: true });
  });

  it('need a written reason and a councillor', async () => {
    await published();
    expect(await decide('SOC', 4000, regidora, '   sí      ')).toEqual({
      ok: false,
      reason: 'reason-missing',
    });
    expect(await decide('SOC', 4000, officer)).toEqual({ ok: false, reason: 'not-allowed' });
    expect(await decide('SOC', 10_001)).toEqual({ ok: false, reason: 'out-of-range' });
    expect(await registry.db.select().from(priorityDecision)).toHaveLength(0);
  });

  it('can be started over with a reason until they are adopted, and what was decided stays', async () => {
    await published();
    const { db } = registry;
    await decide('SOC', 4000);
    const reason = 'Se revisa con el informe técnico.';
    const again = `${PROPOSAL}-r2`;
    expect(await reopenDecisions(db, regidor, { proposalId: PROPOSAL, reason })).toEqual({
      ok: true,
      value: { id: again },
    });
    expect(await decide('ECO', 2500)).toEqual({ ok: false, reason: 'superseded' });
    expect(await db.select().from(priorityDecision)).toHaveLength(1);
    await decideAll([4000, 2500, 2500, 1000], again);
    expect(await adoptPriorities(db, regidora, { proposalId: PROPOSAL })).toEqual({
      ok: false,
      reason: 'superseded',
    });
    expect(await adoptPriorities(db, regidora, { proposalId: again })).toMatchObject({ ok: true });
    expect(await reopenDecisions(db, regidor, { proposalId: again, reason })).toEqual({
      ok: false,
      reason: 'already-adopted',
    });
  });

  it('are started over once when two councillors do so at the same moment', async () => {
    await published();
    await decide('SOC', 4000);
    const reopen = (actor: Actor) =>
      reopenDecisions(registry.db, actor, { proposalId: PROPOSAL, reason: 'Error al escribir.' });
    const answers = await Promise.all([reopen(regidora), reopen(regidor)]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers).toContainEqual({ ok: false, reason: 'superseded' });
  });
});

describe('adoption', () => {
  it('turns four decisions into weights and envelopes that add up to the ceiling', async () => {
    await published();
    await decideAll();
    const { db } = registry;
    expect(await adoptPriorities(db, regidora, { proposalId: PROPOSAL })).toEqual({
      ok: true,
      value: { nextCycle: 'pp2028' },
    });
    const weights = await db
      .select()
      .from(dimensionWeight)
      .where(eq(dimensionWeight.cycleId, 'pp2028'));
    expect(weights.find((each) => each.dimensionCode === 'SOC')).toMatchObject({
      weightBp: 4000,
      decisionId: `${PROPOSAL}-SOC`,
    });
    const envelopes = await db
      .select()
      .from(envelope)
      .where(and(eq(envelope.cycleId, 'pp2028'), eq(envelope.scope, 'dimension')));
    expect(envelopes.reduce((sum, each) => sum + each.amountCents, 0)).toBe(1_000_000_00);
    expect(envelopes.every((each) => each.origin === 'default')).toBe(true);
  });

  it('happens once, also when ten councillors adopt at the same moment', async () => {
    await published();
    await decideAll();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, at) =>
        adoptPriorities(registry.db, at % 2 ? regidora : regidor, { proposalId: PROPOSAL }),
      ),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(
      answers.filter((answer) => !answer.ok && answer.reason === 'already-adopted'),
    ).toHaveLength(9);
    expect(await registry.db.select().from(dimensionWeight)).toHaveLength(4);
  });

  it('waits for all four decisions', async () => {
    await published();
    await decide('SOC', 4000);
    expect(await adoptPriorities(registry.db, regidora, { proposalId: PROPOSAL })).toEqual({
      ok: false,
      reason: 'not-complete',
    });
  });

  it('does not touch a next cycle that already has its weights', async () => {
    await published();
    await decideAll();
    const { db } = registry;
    await db
      .insert(dimensionWeight)
      .values({ cycleId: 'pp2028', dimensionCode: 'SOC', weightBp: 10_000 });
    expect(await adoptPriorities(db, regidora, { proposalId: PROPOSAL })).toEqual({
      ok: false,
      reason: 'next-cycle-has-weights',
    });
    expect(await db.select().from(priorityAdoption)).toHaveLength(0);
  });

  it('is for councillors alone', async () => {
    await published();
    await decideAll();
    expect(await adoptPriorities(registry.db, operator, { proposalId: PROPOSAL })).toEqual({
      ok: false,
      reason: 'not-allowed',
    });
  });
});
