import { describe, expect, it } from 'vitest';
import { DISTRICTS } from '@/db/seed/districts';
import type { Locale } from '@/lib/i18n/locale';
import { countedFixture } from '@/lib/results/count.fixture';
import { explainContest } from '@/lib/results/explain';
import { throughGate, type PublicResult } from '@/lib/results/gate';
import { render } from '../render.fixture';
import { ContestResult } from './contest-result';
import { TurnoutResult } from './turnout-result';

function contest(result: PublicResult, id: string, locale: Locale = 'es-PE'): string {
  const found = result.contests.find((each) => each.id === id);
  if (!found) throw new Error(`no contest ${id}`);
  return render(
    <ContestResult
      contest={found}
      explanation={explainContest(found, locale)}
      minGroup={result.minGroup}
    />,
    locale,
  );
}

const enough = throughGate(countedFixture({ ballots: { 120101: 30, 'zona-1': 9 } }));
const few = throughGate(countedFixture({ ballots: { 120101: 2, 'zona-1': 9 } }));

describe('the result of a contest', () => {
  it.each(['es-PE', 'en'] as const)('has every text it needs in %s', (locale) => {
    for (const { id } of enough.contests) {
      expect(contest(enough, id, locale)).not.toMatch(/results\.|\{|undefined/);
    }
  });

  it('says of every proposal whether it was funded and why', () => {
    const html = contest(enough, 'fondo-provincia');
    for (const id of ['2027-001', '2027-002', '2027-003']) {
      expect(html).toContain(`id="p-${id}"`);
      expect(html).toContain(`/propuestas/${id}`);
    }
    expect(html).toContain('Hasta aquí alcanzó el fondo de S/\u00a0100\u00a0000');
  });

  it('lists what was bought before what did not fit', () => {
    const html = contest(enough, 'fondo-provincia');
    const province = enough.contests.find(({ id }) => id === 'fondo-provincia');
    const winners = province?.kind === 'allocate' ? province.winners : [];
    const line = html.indexOf('Hasta aquí alcanzó');
    expect(winners.length).toBeGreaterThan(0);
    for (const winner of winners) {
      expect(html.indexOf(`/propuestas/${winner}`)).toBeLessThan(line);
    }
  });

  it('shows no vote where too few voted, only what was decided', () => {
    const html = contest(few, 'fondo-120101');
    expect(html).toContain('2027-01');
    expect(html).not.toMatch(/\d+ votos?\b/);
    expect(html).toContain('Aquí no se muestran los votos');
  });
});

describe('turnout', () => {
  const turnout = (result: PublicResult) =>
    render(
      <TurnoutResult turnout={result.turnout} places={DISTRICTS} minGroup={result.minGroup} />,
    );

  it('shows every group with its figure', () => {
    expect(turnout(enough)).toMatch(/Zona 1.*>9</);
  });

  it('hides a small group and the one that would give it away, and says why', () => {
    const html = turnout(few);
    expect(html).toContain('menos de 3');
    expect(html).toContain('reservado');
    expect(html).not.toMatch(/>[29]</);
    expect(html).toContain('bastaría con restar');
  });
});
