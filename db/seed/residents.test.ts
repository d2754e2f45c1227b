import { describe, expect, it } from 'vitest';
import { demoCycles } from './cycles';
import { DISTRICTS } from './districts';
import { choicesFor, votersOf, type PreferenceContest } from './preferences';
import { CURRENT_PROPOSALS } from './proposals/current';
import { proposalCode } from './proposals/types';
import { drawFrom } from './random';
import { DEMO_ROLL_SIZE, demoResident, demoRoll, FREE_RESIDENTS } from './roll';

const { current } = demoCycles(new Date('2026-11-22T22:00:00Z'));
const ROWS = ['SOC-1', 'SOC-2', 'SOC-3', 'ECO-1', 'ECO-2', 'ECO-3'].concat([
  'AMB-1',
  'AMB-2',
  'AMB-3',
  'INS-1',
  'INS-2',
  'INS-3',
]);

function contestsOf(districtCode: string): PreferenceContest[] {
  const own = current.envelopes.filter(({ key }) => key === 'province' || key === districtCode);
  return [
    { id: 'prioridades', kind: 'rank', maxRanked: 5, rows: ROWS.map((id) => ({ id })) },
    ...own.map(({ key, amountCents }) => ({
      id: `fondo-${key === 'province' ? 'provincia' : key}`,
      kind: 'allocate' as const,
      envelopeCents: amountCents,
      proposals: CURRENT_PROPOSALS.filter((p) => p.envelope === key && p.state === 'eligible').map(
        (p) => ({
          id: proposalCode(current.fiscalYear, p.number),
          costCents: p.costCents,
          dimension: p.objectives[0].slice(0, 3),
        }),
      ),
    })),
  ];
}

const BALLOTS = demoRoll().map((resident) => {
  const contests = contestsOf(resident.districtCode);
  return { resident, contests, choices: choicesFor(resident, contests) };
});

describe('the fictitious roll', () => {
  it('has two thousand residents with DNI and phone of their own', () => {
    const roll = demoRoll();
    expect(roll).toHaveLength(DEMO_ROLL_SIZE);
    expect(new Set(roll.map(({ dni }) => dni)).size).toBe(2000);
    expect(new Set(roll.map(({ phone }) => phone)).size).toBe(2000);
    for (const { dni, phone } of roll) {
      expect(dni).toMatch(/^99\d{6}$/);
      expect(phone).toMatch(/^9\d{8}$/);
    }
  });

  it('reaches every district, the larger with more, and the first hundred are a sample', () => {
    const residents = (code: string) => demoRoll().filter((r) => r.districtCode === code).length;
    for (const { code } of DISTRICTS) expect(residents(code)).toBeGreaterThanOrEqual(12);
    expect(residents('120114')).toBeGreaterThan(residents('120101'));
    expect(residents('120101')).toBeGreaterThan(residents('120125'));
    const first = new Set(
      demoRoll()
        .slice(0, 100)
        .map(({ districtCode }) => districtCode),
    );
    expect(first.size).toBeGreaterThan(10);
  });

  it('is the same on every machine', () => {
    expect([0, 1, 2].map((index) => demoResident(index).districtCode)).toEqual([
      '120114',
      '120133',
      '120101',
    ]);
    // The same three numbers come out of a second implementation, in Python.
    const draw = drawFrom('pin');
    expect([draw(1000), draw(1000), draw(1000)]).toEqual([755, 938, 38]);
    expect(() => demoResident(2000)).toThrow();
  });
});

describe('demo choices', () => {
  it('obey the ballot: entitled contests, known options, once each, within the money', () => {
    for (const { contests, choices } of BALLOTS) {
      expect(Object.keys(choices)).toEqual(contests.map(({ id }) => id));
      for (const contest of contests) {
        const chosen = choices[contest.id]!;
        expect(new Set(chosen).size).toBe(chosen.length);
        if (contest.kind === 'rank') {
          expect(chosen.length).toBeLessThanOrEqual(contest.maxRanked);
          for (const id of chosen) expect(ROWS).toContain(id);
          continue;
        }
        const costs = chosen.map((id) => contest.proposals.find((p) => p.id === id)!.costCents);
        expect(costs.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(contest.envelopeCents);
        expect(chosen).toEqual([...chosen].sort());
      }
    }
  });

  it('mark no more proposals than the rules allow, and those that are liked best', () => {
    let shortened = 0;
    for (const { resident, contests, choices } of BALLOTS) {
      const limited = contests.map((each) =>
        each.kind === 'allocate' ? { ...each, maxPicks: 2 } : each,
      );
      const fewer = choicesFor(resident, limited);
      for (const { id, kind } of contests) {
        if (kind === 'rank') {
          expect(fewer[id]).toEqual(choices[id]);
          continue;
        }
        expect(fewer[id]!).toHaveLength(Math.min(2, choices[id]!.length));
        expect(choices[id]).toEqual(expect.arrayContaining(fewer[id]!));
        if (fewer[id]!.length < choices[id]!.length) shortened += 1;
      }
    }
    expect(shortened).toBeGreaterThan(100);
  });

  it('leave some contests blank, and not many', () => {
    const blank = BALLOTS.filter(({ choices }) => choices['fondo-provincia']?.length === 0).length;
    expect(blank).toBeGreaterThan(40);
    expect(blank).toBeLessThan(300);
  });

  it('differ between town and country: safety first in town, farming and roads in the country', () => {
    const firsts = (code: string) => {
      const mine = BALLOTS.filter(({ resident }) => resident.districtCode === code);
      const share = (row: string) =>
        mine.filter(({ choices }) => choices['prioridades']?.[0] === row).length / mine.length;
      return { safety: share('SOC-2'), farming: share('ECO-2') };
    };
    expect(firsts('120114').safety).toBeGreaterThan(firsts('120114').farming);
    expect(firsts('120135').farming).toBeGreaterThan(firsts('120135').safety);
  });

  it('support every eligible proposal at least a few times', () => {
    for (const proposal of CURRENT_PROPOSALS.filter(({ state }) => state === 'eligible')) {
      const code = proposalCode(current.fiscalYear, proposal.number);
      const votes = BALLOTS.filter(({ choices }) =>
        Object.values(choices).some((chosen) => chosen.includes(code)),
      ).length;
      expect(votes, code).toBeGreaterThan(2);
    }
  });
});

describe('demo voters', () => {
  it('are as many as asked, each once, and other people in another round', () => {
    const one = votersOf('pp2026-votacion', 700).map(({ index }) => index);
    expect(new Set(one).size).toBe(700);
    expect(votersOf('pp2026-votacion', 700).map(({ index }) => index)).toEqual(one);
    expect(votersOf('pp2027-votacion', 700).map(({ index }) => index)).not.toEqual(one);
  });

  it('can be taken from the end of the roll, so that the first residents have not voted', () => {
    const late = votersOf('pp2027-votacion', 240, FREE_RESIDENTS);
    expect(late).toHaveLength(240);
    expect(late.every(({ index }) => index >= FREE_RESIDENTS)).toBe(true);
  });
});
