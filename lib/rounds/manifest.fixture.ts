import type { Manifest } from './manifest';

/** A small manifest for tests: one ranking, one provincial and one district envelope, two groups. */
export function manifestFixture(changes: Partial<Manifest> = {}): Manifest {
  const both = (words: string): { es: string; en: string } => ({ es: words, en: words });
  const proposal = (id: string, costCents: number, dimension: string) => ({
    id,
    title: both(`Propuesta ${id}`),
    label: both(id),
    summary: both(`Resumen de ${id}`),
    costCents,
    dimension,
    textHash: 'hash',
  });
  const row = (id: string, dimension: 'SOC' | 'ECO' | 'AMB' | 'INS') => ({
    id,
    title: both(`Fila ${id}`),
    label: both(id),
    dimension,
  });
  const equalShares = {
    kind: 'equal-shares' as const,
    utility: 'cost' as const,
    completion: 'add1+greedy' as const,
    add1Start: 'floor' as const,
    add1Stop: 'overspend' as const,
    ties: ['max-votes' as const, 'project-id' as const],
  };
  return {
    v: 1,
    round: 'pp2027-votacion',
    cycle: 'pp2027',
    fiscalYear: 2027,
    municipality: 'Huancayo',
    title: both('Votación'),
    opensAt: '2026-01-01T00:00:00.000Z',
    closesAt: '2099-01-01T00:00:00.000Z',
    livePolicy: 'live',
    minGroup: 3,
    groups: [
      {
        id: '120101',
        name: 'Huancayo',
        districts: ['120101'],
        eligible: 1000,
        key: 'AA',
        rollRoot: '1'.repeat(64),
      },
      {
        id: 'zona-1',
        name: 'Zona 1',
        districts: ['120104', '120105'],
        eligible: 50,
        key: 'AB',
        rollRoot: '2'.repeat(64),
      },
    ],
    contests: [
      {
        id: 'prioridades',
        kind: 'rank',
        title: both('Prioridades'),
        maxRanked: 5,
        groups: 'all',
        rows: [
          row('SOC-1', 'SOC'),
          row('SOC-2', 'SOC'),
          row('SOC-3', 'SOC'),
          row('ECO-1', 'ECO'),
          row('AMB-1', 'AMB'),
          row('INS-1', 'INS'),
        ],
        rule: { kind: 'borda', slots: 5, ties: ['project-id'] },
      },
      {
        id: 'fondo-provincia',
        kind: 'allocate',
        title: both('Fondo de la provincia'),
        envelopeCents: 100_000_00,
        groups: 'all',
        proposals: [
          proposal('2027-001', 60_000_00, 'SOC'),
          proposal('2027-002', 40_000_00, 'ECO'),
          proposal('2027-003', 50_000_00, 'AMB'),
        ],
        rule: equalShares,
      },
      {
        id: 'fondo-120101',
        kind: 'allocate',
        title: both('Fondo de Huancayo'),
        envelopeCents: 30_000_00,
        groups: ['120101'],
        proposals: [proposal('2027-010', 20_000_00, 'SOC'), proposal('2027-011', 15_000_00, 'INS')],
        rule: { kind: 'greedy', utility: 'cost', ties: ['project-id'] },
      },
    ],
    recordKey: 'AC',
    orderKey: 'AD',
    record: { batch: 3, intervalSeconds: 1 },
    witnesses: [],
    lotSeedCommitment: '0'.repeat(64),
    engine: 'minka-tally/1',
    software: 'test',
    demo: true,
    ...changes,
  };
}
