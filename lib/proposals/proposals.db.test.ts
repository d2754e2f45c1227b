import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  cycle,
  dimension,
  district,
  envelope,
  planItem,
  planRow,
  proposal,
  proposalMilestone,
  proposalObjective,
} from '@/db/registry/schema';
import { currentCycle, envelopesOf } from '@/lib/cycle/queries';
import { freshRegistry } from '@/services/supervisor/test-support';
import { fundedProposals, fundedTotals, listProposals, proposalByCode } from './queries';
import type { ProposalFilters, ProposalState } from './types';

let registry: Awaited<ReturnType<typeof freshRegistry>>;
const all: ProposalFilters = {
  cycleId: null,
  dimension: null,
  envelopeId: null,
  state: null,
  words: null,
};

function proposalRow(
  number: number,
  state: ProposalState,
  more: Partial<typeof proposal.$inferInsert> = {},
) {
  const title = `Propuesta ${number}`;
  return {
    code: `2027-${number.toString().padStart(3, '0')}`,
    cycleId: 'pp2027',
    envelopeId: 'pp2027-province',
    titleEs: title,
    titleEn: title,
    labelEs: title,
    labelEn: title,
    whatEs: 'qué',
    whatEn: 'what',
    whereEs: 'dónde',
    whereEn: 'where',
    whyEs: 'por qué',
    whyEn: 'why',
    costCents: number * 100_00,
    proposerKind: 'resident' as const,
    proposerName: 'Vecina (demo)',
    state,
    reasonEs: state === 'rejected' || state === 'merged' ? 'un motivo' : null,
    ...more,
  };
}

beforeAll(async () => {
  registry = await freshRegistry();
  const { db } = registry;
  await db.insert(dimension).values([
    { code: 'SOC', position: 1, nameEs: 'Social', nameEn: 'Social' },
    { code: 'AMB', position: 2, nameEs: 'Ambiental', nameEn: 'Environmental' },
  ]);
  const words = {
    labelEs: 'x',
    labelEn: 'x',
    titleEs: 'x',
    titleEn: 'x',
    summaryEs: 'x',
    summaryEn: 'x',
  };
  await db.insert(planRow).values([
    { code: 'SOC-1', dimensionCode: 'SOC', position: 1, ...words },
    { code: 'AMB-1', dimensionCode: 'AMB', position: 1, ...words },
  ]);
  await db.insert(planItem).values([
    {
      code: 'SOC-1-O1',
      rowCode: 'SOC-1',
      kind: 'objective',
      position: 1,
      titleEs: 'x',
      titleEn: 'x',
    },
    {
      code: 'AMB-1-O1',
      rowCode: 'AMB-1',
      kind: 'objective',
      position: 1,
      titleEs: 'x',
      titleEn: 'x',
    },
  ]);
  await db.insert(district).values({
    code: '120114',
    reniecCode: '110113',
    name: 'El Tambo',
    population: 1,
    populationYear: 2025,
    povertyTenths: 1,
    povertyYear: 2018,
    hdiMilli: 1,
    hdiYear: 2019,
    latitude: -12,
    longitude: -75,
    areaKm2: 1,
    altitudeM: 1,
    source: 'test',
  });
  const cycleRow = (year: number, state: 'current' | 'closed') => ({
    id: `pp${year}`,
    fiscalYear: year,
    nameEs: `${year}`,
    nameEn: `${year}`,
    ceilingCents: 1000_00,
    voteEffect: 'criterio' as const,
    calendar: [],
    state,
  });
  await db.insert(cycle).values([cycleRow(2026, 'closed'), cycleRow(2027, 'current')]);
  await db.insert(envelope).values([
    {
      id: 'pp2027-120114',
      cycleId: 'pp2027',
      scope: 'district',
      districtCode: '120114',
      amountCents: 900_00,
      origin: 'manual',
    },
    {
      id: 'pp2027-province',
      cycleId: 'pp2027',
      scope: 'province',
      amountCents: 500_00,
      origin: 'manual',
    },
  ]);
  await db
    .insert(proposal)
    .values([
      ...Array.from({ length: 13 }, (_, index) => proposalRow(index + 1, 'eligible')),
      proposalRow(20, 'withdrawn'),
      proposalRow(21, 'rejected', { envelopeId: 'pp2027-120114', titleEs: 'Puente al 100 %' }),
      proposalRow(22, 'merged', { mergedInto: '2027-001' }),
      proposalRow(23, 'funded', { costCents: 300_00 }),
      proposalRow(24, 'funded', { costCents: 200_00 }),
    ]);
  await db.insert(proposalObjective).values([
    // The second objective never decides the dimension.
    { proposalCode: '2027-001', objectiveCode: 'AMB-1-O1', position: 2 },
    { proposalCode: '2027-001', objectiveCode: 'SOC-1-O1', position: 1 },
    { proposalCode: '2027-002', objectiveCode: 'AMB-1-O1', position: 1 },
  ]);
  await db.insert(proposalMilestone).values([
    {
      proposalCode: '2027-023',
      position: 1,
      stage: 'works',
      happenedOn: '2027-05-01',
      spentCents: 10,
      noteEs: 'x',
      noteEn: 'x',
    },
    {
      proposalCode: '2027-023',
      position: 2,
      stage: 'finished',
      happenedOn: '2027-09-01',
      spentCents: 20,
      noteEs: 'x',
      noteEn: 'x',
    },
  ]);
});
afterAll(async () => {
  await registry.drop();
});

async function codes(filters: Partial<ProposalFilters>, page = 1): Promise<string[]> {
  const { items } = await listProposals({ ...all, ...filters }, page, registry.db);
  return items.map((item) => item.code.slice(-3));
}

describe('the list of proposals', () => {
  it('has twelve to a page, in the order of their codes, and knows how many there are', async () => {
    const first = await listProposals(all, 1, registry.db);
    expect(first).toMatchObject({ total: 17, pages: 2 });
    expect(first.items).toHaveLength(12);
    expect(await codes({}, 2)).toEqual(['013', '021', '022', '023', '024']);
    expect(await codes({}, 3)).toEqual([]);
  });

  it('never shows a proposal that was taken back, whatever is asked', async () => {
    expect(await codes({ words: 'Propuesta 20' })).toEqual([]);
    expect(await proposalByCode('2027-020', registry.db)).toBeNull();
  });

  it('is narrowed by dimension of the first objective, fund, state and words together', async () => {
    expect(await codes({ dimension: 'SOC' })).toEqual(['001']);
    expect(await codes({ dimension: 'AMB' })).toEqual(['002']);
    expect(await codes({ envelopeId: 'pp2027-120114' })).toEqual(['021']);
    expect(await codes({ state: 'funded' })).toEqual(['023', '024']);
    expect(await codes({ cycleId: 'pp2026' })).toEqual([]);
    expect(await codes({ words: 'puente AL 100 %' })).toEqual(['021']);
    expect(await codes({ words: '%' })).toEqual(['021']);
    expect(await codes({ words: 'puente', state: 'funded' })).toEqual([]);
  });

  it('says in which fund each proposal competes', async () => {
    const { items } = await listProposals({ ...all, state: 'rejected' }, 1, registry.db);
    expect(items[0]).toMatchObject({ scope: 'district', districtName: 'El Tambo' });
  });
});

describe('one proposal', () => {
  it('carries its objectives in order and what was merged into it', async () => {
    const found = await proposalByCode('2027-001', registry.db);
    expect(found?.objectives.map((each) => each.code)).toEqual(['SOC-1-O1', 'AMB-1-O1']);
    expect(found?.merged.map((each) => each.code)).toEqual(['2027-022']);
    expect(found).toMatchObject({ dimensionCode: 'SOC', envelopeCents: 500_00 });
  });

  it('that does not exist is null', async () => {
    expect(await proposalByCode('2027-999', registry.db)).toBeNull();
  });
});

describe('what a vote became', () => {
  it('counts what is funded, for how much, and what is finished, once each', async () => {
    expect(await fundedTotals('pp2027', registry.db)).toEqual({
      works: 2,
      costCents: 500_00,
      finished: 1,
    });
    expect(await fundedTotals('pp2026', registry.db)).toEqual({
      works: 0,
      costCents: 0,
      finished: 0,
    });
  });

  it('shows the latest milestone of each work', async () => {
    const works = await fundedProposals('pp2027', 10, registry.db);
    expect(works.map(({ code, stage }) => [code, stage])).toEqual([
      ['2027-023', 'finished'],
      ['2027-024', null],
    ]);
  });
});

describe('a cycle', () => {
  it('is the one that is going on', async () => {
    expect((await currentCycle(registry.db))?.id).toBe('pp2027');
  });

  it('lists the money of the province first, whatever the amounts', async () => {
    expect((await envelopesOf('pp2027', registry.db)).map((each) => each.id)).toEqual([
      'pp2027-province',
      'pp2027-120114',
    ]);
  });
});
