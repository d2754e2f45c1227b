import { describe, expect, it } from 'vitest';
import { demoCycles, limaDate } from './cycles';
import { districtByCode, DISTRICTS } from './districts';
import { followUp } from './follow-up';
import { PREVIOUS_PROPOSALS } from './previous-cycle';
import { CURRENT_PROPOSALS } from './proposals/current';
import { proposalCode } from './proposals/types';

const NOW = new Date('2026-11-22T22:00:00Z');
const { previous, current } = demoCycles(NOW);
const CYCLES = [
  { name: 'current', cycle: current, proposals: CURRENT_PROPOSALS },
  { name: 'previous', cycle: previous, proposals: PREVIOUS_PROPOSALS },
];

describe.each(CYCLES)('the proposals of the $name cycle', ({ cycle, proposals }) => {
  it('have one number each, and a public code of the fiscal year', () => {
    expect(new Set(proposals.map((p) => p.number)).size).toBe(proposals.length);
    expect(proposalCode(cycle.fiscalYear, 7)).toBe(`${cycle.fiscalYear}-007`);
  });

  it('fit the wall and the page in both languages', () => {
    for (const proposal of proposals) {
      for (const text of [proposal.es, proposal.en]) {
        expect(text.label.length, text.label).toBeLessThanOrEqual(28);
        expect(text.title.length, text.title).toBeLessThanOrEqual(70);
        for (const part of [text.label, text.title, text.what, text.where, text.why]) {
          expect(part.trim()).toBe(part);
          expect(part.length).toBeGreaterThan(4);
        }
      }
    }
  });

  it('carry labels that can be told apart on the wall', () => {
    expect(new Set(proposals.map((p) => p.es.label)).size).toBe(proposals.length);
    expect(new Set(proposals.map((p) => p.en.label)).size).toBe(proposals.length);
  });

  it('ask an existing envelope for whole céntimos between S/ 18 000 and S/ 1 500 000', () => {
    const keys = cycle.envelopes.map(({ key }) => key);
    for (const proposal of proposals) {
      expect(keys).toContain(proposal.envelope);
      expect(Number.isInteger(proposal.costCents)).toBe(true);
      expect(proposal.costCents).toBeGreaterThanOrEqual(18_000_00);
      expect(proposal.costCents).toBeLessThanOrEqual(1_500_000_00);
      expect(proposal.beneficiaries).toBeGreaterThan(0);
      if (proposal.districtCode !== null) districtByCode(proposal.districtCode);
      if (proposal.envelope !== 'province') expect(proposal.districtCode).toBe(proposal.envelope);
    }
  });

  it('give a public reason in both languages whenever they are turned away', () => {
    for (const { state, reason } of proposals) {
      if (state !== 'rejected' && state !== 'merged') continue;
      expect(reason?.es.length).toBeGreaterThan(20);
      expect(reason?.en.length).toBeGreaterThan(20);
    }
  });

  it('merge only into a proposal on the ballot of the same envelope', () => {
    for (const { state, mergedInto, envelope } of proposals) {
      expect(state === 'merged').toBe(mergedInto !== undefined);
      if (mergedInto === undefined) continue;
      const target = proposals.find(({ number }) => number === mergedInto);
      expect(target).toMatchObject({ state: 'eligible', envelope });
    }
  });

  it('ask each envelope for well over its money, and each fits into it alone', () => {
    for (const { key, amountCents } of cycle.envelopes) {
      const eligible = proposals.filter((p) => p.envelope === key && p.state === 'eligible');
      const asked = eligible.reduce((sum, p) => sum + p.costCents, 0);
      expect(asked / amountCents, key).toBeGreaterThan(1.2);
      expect(asked / amountCents, key).toBeLessThan(2.5);
      for (const { costCents } of eligible) expect(costCents).toBeLessThanOrEqual(amountCents);
    }
  });

  it('touch the four dimensions of the plan', () => {
    const dimensions = proposals
      .filter(({ state }) => state === 'eligible')
      .map(({ objectives }) => objectives[0].slice(0, 3));
    expect([...new Set(dimensions)].sort()).toEqual(['AMB', 'ECO', 'INS', 'SOC']);
  });

  it('name their proposers as part of a demonstration', () => {
    for (const { proposer } of proposals) expect(proposer.name).toMatch(/demo/i);
  });
});

describe('the cycles', () => {
  it('follow each other, the current one in the middle of its vote', () => {
    expect(current.fiscalYear).toBe(2027);
    expect(previous.fiscalYear).toBe(2026);
    expect(current.round.opensAt < NOW && NOW < current.round.closesAt).toBe(true);
    expect(previous.round.closesAt < NOW).toBe(true);
  });

  it.each([previous, current])(
    '$id: calendar without gaps, money and weights that add up',
    (one) => {
      expect(one.calendar.map(({ phase }) => phase)).toEqual([
        '0',
        '1',
        '2a',
        '2b',
        '2c',
        '3',
        '4',
        '5',
      ]);
      one.calendar.slice(1).forEach((phase, index) => {
        const before = one.calendar[index]!;
        const next = new Date(`${before.to}T12:00:00Z`).getTime() + 24 * 60 * 60 * 1000;
        expect(phase.from).toBe(new Date(next).toISOString().slice(0, 10));
        expect(phase.from <= phase.to).toBe(true);
      });
      expect(one.envelopes.reduce((sum, e) => sum + e.amountCents, 0)).toBe(one.ceilingCents);
      expect(Object.values(one.dimensionWeightsBp).reduce((a, b) => a + b, 0)).toBe(10_000);
      expect(one.ordinanceNumber).toContain('DEMO');
    },
  );

  it('open the vote on the first day of its phase and close on the last, in Lima', () => {
    const vote = current.calendar.find(({ phase }) => phase === '2c');
    expect(vote).toEqual({
      phase: '2c',
      from: limaDate(current.round.opensAt),
      to: limaDate(current.round.closesAt),
    });
  });

  it('take the fiscal year from Lima, where the year ends five hours after UTC', () => {
    expect(demoCycles(new Date('2027-01-01T04:59:00Z')).current.fiscalYear).toBe(2027);
    expect(demoCycles(new Date('2027-01-01T05:00:00Z')).current.fiscalYear).toBe(2028);
  });

  it('give district money only to districts that exist', () => {
    const codes = DISTRICTS.map(({ code }) => code);
    for (const { districtCode } of current.envelopes) {
      if (districtCode !== null) expect(codes).toContain(districtCode);
    }
  });
});

describe('follow-up', () => {
  it('never reports the future, goes forward in time and never spends beyond the cost', () => {
    for (const today of ['2026-01-10', '2026-06-30', '2026-11-22']) {
      for (const proposal of PREVIOUS_PROPOSALS) {
        const milestones = followUp(proposal, 2026, '2025-12-20', today);
        const days = milestones.map(({ happenedOn }) => happenedOn);
        expect(days).toEqual([...days].sort());
        expect(days.every((day) => day <= today)).toBe(true);
        const spent = milestones.map(({ spentCents }) => spentCents);
        expect(spent).toEqual([...spent].sort((a, b) => a - b));
        expect(spent.every((amount) => amount <= proposal.costCents)).toBe(true);
      }
    }
  });

  it('late in the year shows works finished, under way and delayed with a reason', () => {
    const last = PREVIOUS_PROPOSALS.map(
      (proposal) => followUp(proposal, 2026, '2025-12-20', '2026-11-22').at(-1)!.stage,
    );
    expect(new Set(last)).toEqual(new Set(['finished', 'works', 'tender']));
    const delayed = PREVIOUS_PROPOSALS.flatMap((proposal) =>
      followUp(proposal, 2026, '2025-12-20', '2026-11-22'),
    ).filter(({ stage }) => stage === 'delayed');
    expect(delayed.length).toBeGreaterThan(0);
    for (const { note } of delayed) expect(note.es).toMatch(/^Retrasado: .{20,}/);
  });
});
