import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import type { RegistryDatabase } from '@/db/registry/client';
import { paperTable, staff, staffRole } from '@/db/registry/schema';
import type { StaffActor } from '@/lib/auth/actor';
import type { Role } from '@/lib/auth/roles';
import { manifestHash, type Manifest } from '@/lib/rounds/manifest';
import { manifestFixture } from '@/lib/rounds/manifest.fixture';
import { seedOpenRound, seedResident } from '@/lib/rounds/test-round';

/** What database tests of the desk start from: officers, an open round of one group, a paper table. */

export const TEST_GROUP = '120114';

let key: string | undefined;

/** Base64url SPKI of one RSA key for all tests: what is signed with it matters to none of them. */
function groupKey(): string {
  key ??= generateKeyPairSync('rsa', { modulusLength: 2048 })
    .publicKey.export({ format: 'der', type: 'spki' })
    .toString('base64url');
  return key;
}

/** 256 random bytes below any 2048-bit modulus. */
export function blindedValue(): Buffer {
  const bytes = randomBytes(256);
  bytes[0] = 0;
  return bytes;
}

export async function seedStaff(
  db: RegistryDatabase,
  id: string,
  role: Role = 'officer',
): Promise<StaffActor> {
  await db.insert(staff).values({ id, displayName: id, email: `${id}@test.invalid` });
  await db.insert(staffRole).values({ staffId: id, role });
  return { kind: 'staff', id, displayName: id, roles: [role] };
}

/** An open round in which El Tambo and Huancayo vote; its manifest as it was frozen. */
export async function seedDeskRound(
  db: RegistryDatabase,
  id: string,
  people: readonly { readonly dni: string; readonly districtCode?: string }[],
  /** Of either group. */
  { eligible = 5000, key = groupKey() }: { eligible?: number; key?: string } = {},
): Promise<{ readonly residents: string[]; readonly manifest: Manifest }> {
  const group = (code: string) => ({
    id: code,
    name: code === TEST_GROUP ? 'El Tambo' : 'Huancayo',
    districts: [code],
    eligible,
    key,
    rollRoot: '0'.repeat(64),
  });
  const manifest = manifestFixture({
    round: id,
    groups: [group(TEST_GROUP), group('120101')],
  });
  const residents: string[] = [];
  for (const person of people) residents.push(await seedResident(db, person));
  const text = JSON.stringify(manifest);
  await seedOpenRound(db, {
    id,
    residents: residents.map((resident, at) => ({
      id: resident,
      districtCode: people[at]?.districtCode ?? TEST_GROUP,
    })),
    manifest: text,
    manifestHash: await manifestHash(text),
  });
  return { residents, manifest };
}

export async function seedPaperTable(
  db: RegistryDatabase,
  of: { readonly roundId: string; readonly number: number; readonly openedBy: string },
): Promise<string> {
  const [made] = await db
    .insert(paperTable)
    .values({ ...of, requestKey: randomUUID(), groupId: TEST_GROUP, place: 'Coliseo', papers: 100 })
    .returning({ id: paperTable.id });
  if (made === undefined) throw new Error('no table came back');
  return made.id;
}
