import { createHash, createHmac, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { merkleRoot } from '@/lib/record/merkle';
import { RollLeaves } from './commitment';

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();
const SALT = Buffer.alloc(32, 7);

function people(count: number) {
  return Array.from({ length: count }, (_, index) => ({
    id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    dniHash: sha256(Buffer.from(`dni ${String(index)}`)),
  }));
}

function rootOf(residents: ReturnType<typeof people>, salt = SALT): Promise<string> {
  const leaves = new RollLeaves(residents.length);
  for (const resident of residents) leaves.add(salt, resident);
  return leaves.root();
}

describe('what the manifest says of a roll', () => {
  it('is the Merkle root of the record’s own trees over the sorted, salted hashes, at every size', async () => {
    for (const count of [0, 1, 2, 3, 4, 5, 7, 8, 9, 31, 32, 33, 100, 6000]) {
      const leaves = people(count)
        .map(({ id, dniHash }) => {
          const salt = createHmac('sha256', SALT).update(id).digest();
          return sha256(Buffer.concat([Buffer.of(0), salt, dniHash]));
        })
        .sort((a, b) => Buffer.compare(a, b));
      expect(await rootOf(people(count))).toBe(
        Buffer.from(merkleRoot(leaves, sha256)).toString('hex'),
      );
    }
  });

  it('does not depend on the order in which the database tells the residents', async () => {
    expect(await rootOf(people(50).reverse())).toBe(await rootOf(people(50)));
  });

  it('changes with one resident more, less or other, and with the salt', async () => {
    const roots = await Promise.all([
      rootOf(people(50)),
      rootOf(people(51)),
      rootOf(people(49)),
      rootOf(people(50).with(20, { ...people(50)[20]!, dniHash: randomBytes(32) })),
      rootOf(people(50), Buffer.alloc(32, 8)),
    ]);
    expect(new Set(roots).size).toBe(roots.length);
  });

  it('is refused when it has not seen exactly the residents that are counted', async () => {
    const one = people(2);
    const short = new RollLeaves(2);
    short.add(SALT, one[0]!);
    await expect(short.root()).rejects.toThrow(/Fewer/);
    short.add(SALT, one[1]!);
    expect(() => {
      short.add(SALT, one[0]!);
    }).toThrow(/More/);
  });
});
