import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { proposal, proposalMilestone } from '@/db/registry/schema';
import { seedCycle } from '@/lib/rounds/test-round';
import { freshRegistry } from '@/services/supervisor/test-support';
import { followedProposals, followedYears, followUpTotals } from './queries';

let registry: Awaited<ReturnType<typeof freshRegistry>>;

const milestone = (
  proposalCode: string,
  position: number,
  stage: 'formalised' | 'works' | 'delayed',
  spentCents: number,
) => ({
  proposalCode,
  position,
  stage,
  spentCents,
  happenedOn: `2027-0${position.toString()}-01`,
  noteEs: `Nota ${position.toString()}`,
  noteEn: `Note ${position.toString()}`,
});

beforeAll(async () => {
  registry = await freshRegistry();
  const { db } = registry;
  await seedCycle(db);
  await db.update(proposal).set({ state: 'funded' });
  await db.update(proposal).set({ state: 'not-funded' }).where(eq(proposal.code, '2027-002'));
  await db
    .insert(proposalMilestone)
    .values([
      milestone('2027-001', 1, 'formalised', 0),
      milestone('2027-001', 2, 'works', 120_000_00),
      milestone('2027-003', 1, 'formalised', 0),
      milestone('2027-003', 2, 'works', 10_000_00),
      milestone('2027-003', 3, 'delayed', 20_000_00),
    ]);
});
afterAll(() => registry.drop());

describe('follow-up', () => {
  it('shows funded proposals alone, delayed ones first, each at its newest milestone', async () => {
    const { items, pages } = await followedProposals({ fiscalYear: null, page: 1 }, registry.db);
    expect(pages).toBe(1);
    expect(items).toMatchObject([
      { code: '2027-003', stage: 'delayed', spentCents: 20_000_00, noteEs: 'Nota 3' },
      { code: '2027-001', stage: 'works', spentCents: 120_000_00, dimensionCode: 'SOC' },
    ]);
  });

  it('adds money spent up by proposal, not by milestone', async () => {
    const totals = await followUpTotals(2027, registry.db);
    expect(totals).toMatchObject({
      proposals: 2,
      allocatedCents: 450_000_00,
      spentCents: 140_000_00,
      byStage: { works: 1, delayed: 1, finished: 0, unstarted: 0 },
    });
  });

  it('knows the years it can show, and shows nothing for another', async () => {
    expect(await followedYears(registry.db)).toEqual([2027]);
    expect(await followedProposals({ fiscalYear: 1999, page: 1 }, registry.db)).toEqual({
      items: [],
      pages: 0,
    });
  });

  it('counts a funded proposal without a milestone as one still to start', async () => {
    await registry.db
      .update(proposal)
      .set({ state: 'funded' })
      .where(eq(proposal.code, '2027-002'));
    const totals = await followUpTotals(null, registry.db);
    expect(totals.byStage.unstarted).toBe(1);
  });
});
