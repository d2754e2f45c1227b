import { describe, expect, it } from 'vitest';
import { Poster } from './poster';
import { render } from './render.fixture';
import { RoundStatus } from './round-status';

const HASH = 'abcdEFGH01234567-_xyzABCDabcdEFGH01234567-_';

describe('the poster of a vote', () => {
  it('tells the whole fingerprint in fours, the address and how to check, in both languages', () => {
    const html = render(
      <Poster
        municipality="Huancayo"
        title={{ es: 'Votación 2028', en: 'Vote 2028' }}
        closesAt={new Date('2026-11-30T23:00:00Z')}
        demo
        manifestHash={HASH}
        address={new URL('https://minka.pe/votar/pp2028-votacion')}
      />,
    );
    const fours = [...html.matchAll(/<span>([A-Za-z0-9_-]{1,4})<\/span>/g)].map(([, four]) => four);
    expect(fours.join('')).toBe(HASH);
    expect(fours).toHaveLength(11);
    expect(html).toContain('minka.pe/votar/pp2028-votacion');
    expect(html).toContain('minka.pe/verify');
    expect(html).toContain('Votación 2028');
    expect(html).toContain('Vote 2028');
    expect(html).toContain('Cómo comprobarla');
    expect(html).toContain('How to check it');
    // 18:00 in Lima.
    expect(html).toMatch(/30 de noviembre de 2026.{0,10}(6|18):00/);
    expect(html).toMatch(/November 30, 2026.{0,10}6:00/);
  });
});

describe('the line about the figures of a vote', () => {
  const checkedAt = new Date('2026-11-23T15:42:00Z');
  const totals = { voters: 1204, issued: 1310, eligible: 15_000 };
  const at = (minutes: number) => new Date(checkedAt.getTime() + minutes * 60_000);

  const held = { checkedAt, holds: true, isAway: false, totals };

  it('says when they were compared, and the totals once they may be told', () => {
    const html = render(<RoundStatus figures={held} now={at(1)} />);
    expect(html).toContain('todo cuadra');
    expect(html).toContain('10:42');
    expect(html).toContain('Votaron 1\u00a0204; activaron su voto 1\u00a0310');
    const few = render(<RoundStatus figures={{ ...held, totals: null }} now={at(1)} />);
    expect(few).not.toContain('activaron su voto');
  });

  it('says that something is wrong, or that nobody looks any more', () => {
    const broken = { ...held, holds: false };
    expect(render(<RoundStatus figures={broken} now={at(30)} />)).toContain('algo no cuadra');
    const away = { ...broken, isAway: true };
    expect(render(<RoundStatus figures={away} now={at(1)} />)).toContain('la urna no responde');
    expect(render(<RoundStatus figures={held} now={at(6)} />)).toContain('Sin revisión desde');
    expect(render(<RoundStatus figures={null} now={at(0)} />)).toBe('');
  });
});
