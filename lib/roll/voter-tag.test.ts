import { describe, expect, it } from 'vitest';
import { voterTag } from './voter-tag';

const voter = { roundId: 'pp2027-votacion', residentId: 'r-1' };
const secret = 's'.repeat(32);

describe('the name of a vote on a phone', () => {
  it('is the same each time the same resident comes back', () => {
    expect(voterTag(secret, voter)).toBe(voterTag(secret, { ...voter }));
  });

  it('differs between residents, rounds and installations, and holds none of them', () => {
    const tags = [
      voterTag(secret, voter),
      voterTag(secret, { ...voter, residentId: 'r-2' }),
      voterTag(secret, { ...voter, roundId: 'pp2028-votacion' }),
      voterTag('t'.repeat(32), voter),
    ];
    expect(new Set(tags).size).toBe(4);
    expect(tags.every((tag) => /^[A-Za-z0-9_-]{22}$/.test(tag))).toBe(true);
  });
});
