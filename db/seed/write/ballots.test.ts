import { createHash, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { lineText } from '@/lib/ballots/body';
import { nodeBallotCrypto } from '@/lib/ballots/node-crypto';
import { verifyBallotLines } from '@/lib/record/ballots';
import { manifestFixture } from '@/lib/rounds/manifest.fixture';
import { blindSign } from '@/services/worker/sign';
import { votersOf } from '../preferences';
import { castVotes } from './ballots';
import { mintCredential } from './credentials';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const key = publicKey.export({ format: 'der', type: 'spki' }).toString('base64url');

describe('minted credentials', () => {
  it('leave the very pair that the issuer answers: what it signs, and its signature', async () => {
    const { blinded, blindSignature } = await mintCredential(privateKey, 'r1', 'g1');
    expect(blindSign(privateKey, blinded)?.equals(blindSignature)).toBe(true);
  });
});

describe('seeded votes', () => {
  it('pass the check of the public record, one effective ballot per credential that voted', async () => {
    const fixture = manifestFixture();
    const manifest = manifestFixture({
      groups: fixture.groups.slice(0, 1).map((group) => ({ ...group, key })),
    });
    const voters = votersOf('seed-test', 2000)
      .filter(({ districtCode }) => districtCode === '120101')
      .slice(0, 60);
    const hash = createHash('sha256').update(JSON.stringify(manifest)).digest('base64url');
    const votes = await castVotes({ manifest, hash }, new Map([['120101', privateKey]]), voters);

    const lines = votes.ballots.map(({ line }) => lineText(line));
    const verified = verifyBallotLines({ manifest, hash }, lines, nodeBallotCrypto);
    if (!verified.ok) throw new Error(JSON.stringify(verified.problems));
    expect(votes.issued).toHaveLength(60);
    expect(verified.effective.length).toBeLessThanOrEqual(60);
    expect(verified.effective.length).toBeGreaterThan(50);
    expect(verified.effective.every(({ group }) => group === '120101')).toBe(true);
    expect(new Set(votes.issued.map((row) => row.residentId)).size).toBe(60);
  });
});
