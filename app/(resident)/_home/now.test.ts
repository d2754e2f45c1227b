import { describe, expect, it } from 'vitest';
import type { RoundSummary } from '@/lib/rounds/types';
import { happeningNow } from './now';

const noon = new Date('2026-02-12T17:00:00Z');

function round(id: string, state: RoundSummary['state'], closesAt: string): RoundSummary {
  return {
    id,
    cycleId: 'pp2027',
    screenCode: id,
    nameEs: id,
    nameEn: id,
    state,
    opensAt: new Date('2026-02-01T05:00:00Z'),
    closesAt: new Date(closesAt),
    livePolicy: 'live',
    jobNote: null,
    jobProgress: 0,
  };
}

const calendar = [{ phase: '2c' as const, from: '2026-02-01', to: '2026-02-15' }];

describe('what the home page says first', () => {
  it('is the round one can vote in, before any other', () => {
    const rounds = [
      round('old', 'published', '2026-02-05T00:00:00Z'),
      round('now', 'open', '2026-02-20T00:00:00Z'),
    ];
    expect(happeningNow(rounds, calendar, noon)).toMatchObject({
      kind: 'round',
      phase: 'voting',
      round: { id: 'now' },
    });
  });

  it('never offers a vote after the closing time, even before the worker has closed the round', () => {
    const rounds = [round('late', 'open', '2026-02-12T16:59:59Z')];
    expect(happeningNow(rounds, calendar, noon)).toMatchObject({
      kind: 'round',
      phase: 'counting',
    });
  });

  it('is the phase of the calendar when no round is public', () => {
    const rounds = [round('draft', 'draft', '2026-02-20T00:00:00Z')];
    expect(happeningNow(rounds, calendar, noon)).toMatchObject({ kind: 'phase' });
  });

  it('is what comes next when nothing is going on', () => {
    const later = [{ phase: '3' as const, from: '2026-03-01', to: '2026-03-05' }];
    expect(happeningNow([], later, noon)).toEqual({ kind: 'between', next: later[0] });
    expect(happeningNow([], [], noon)).toEqual({ kind: 'between', next: null });
  });
});
