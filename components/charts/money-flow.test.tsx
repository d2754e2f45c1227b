import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { MoneyFlow, type FlowItem } from './money-flow';

const item = (id: string, votes: number, cents: number, funded: boolean): FlowItem => ({
  id,
  label: id,
  votes,
  cents,
  funded,
  dimension: 'SOC',
  detail: `${votes.toString()} votos`,
});

const draw = (items: readonly FlowItem[]) =>
  renderToStaticMarkup(
    <MoneyFlow
      caption="De los votos al fondo"
      items={items}
      envelopeCents={100_00}
      votesLabel="30 cédulas"
      envelopeLabel="S/ 100"
      leftLabel="Quedan S/ 20"
      notFundedLabel="no alcanzó"
    />,
  );

describe('the money flow', () => {
  const html = draw([
    item('a', 20, 50_00, true),
    item('b', 10, 30_00, true),
    item('c', 5, 60_00, false),
  ]);
  const bought = [...html.matchAll(/<rect x="760" y="([\d.]+)" width="22" height="([\d.]+)"/g)];

  it('fills the envelope in proportion to what each proposal cost', () => {
    const [whole, first, second] = bought.map((match) => Number(match[2]));
    expect(bought).toHaveLength(3);
    expect(Number(first) / Number(whole)).toBeCloseTo(0.5, 2);
    expect(Number(second) / Number(whole)).toBeCloseTo(0.3, 2);
  });

  it('stacks what was bought without a gap and never beyond the envelope', () => {
    const [whole, first, second] = bought.map((match) => [Number(match[1]), Number(match[2])]);
    expect(first?.[0]).toBe(whole?.[0]);
    expect(second?.[0]).toBeCloseTo(Number(first?.[0]) + Number(first?.[1]), 5);
  });

  it('says of what was not funded that it did not fit, with a dashed line', () => {
    expect(html.match(/stroke-dasharray/g)).toHaveLength(1);
    expect(html.match(/no alcanzó/g)).toHaveLength(1);
  });

  it('draws nothing without proposals', () => {
    expect(draw([])).toBe('');
  });
});
