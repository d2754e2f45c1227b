import type { Registry, RegistryDatabase } from '@/db/registry/client';
import { district, resident, staff, staffRole } from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import { hashDni, hashPhone, sealPhone } from '@/lib/roll/secrets';
import type { RollKeys } from '@/lib/roll/types';
import { currentRollVersion, lockRoll, writeVersion } from '@/lib/roll/versions';
import { ok } from '@/lib/shared/result';
import { DISTRICT_SOURCES, DISTRICTS } from '../districts';
import { DEMO_PEOPLE } from '../people';
import { drawFrom } from '../random';
import { demoRoll, type DemoResident } from '../roll';

/** Rows per statement: PostgreSQL takes 65 535 parameters. */
const CHUNK = 500;

export async function writeDistricts(db: Registry): Promise<void> {
  const source = DISTRICT_SOURCES.map(({ text }) => text).join(' · ');
  await db
    .insert(district)
    .values(
      DISTRICTS.map((each) => ({
        code: each.code,
        reniecCode: each.reniecCode,
        name: each.name,
        population: each.population,
        populationYear: each.populationYear,
        povertyTenths: each.povertyTenths,
        povertyYear: each.povertyYear,
        hdiMilli: each.hdiMilli,
        hdiYear: each.hdiYear,
        latitude: each.latitude,
        longitude: each.longitude,
        areaKm2: each.areaKm2,
        altitudeM: each.altitudeDm / 10,
        source,
      })),
    )
    .onConflictDoNothing();
}

export async function writePeople(db: Registry): Promise<void> {
  await db
    .insert(staff)
    .values(
      DEMO_PEOPLE.map(({ id, displayName, email }) => ({
        id,
        displayName,
        email,
        isDemo: 'yes' as const,
      })),
    )
    .onConflictDoNothing();
  await db
    .insert(staffRole)
    .values(DEMO_PEOPLE.map(({ id, role }) => ({ staffId: id, role })))
    .onConflictDoNothing();
}

/** The same id for the same demo resident every time, so that seeding again adds nobody. */
export function residentId(index: number): string {
  const draw = drawFrom(`minka/demo/resident-id/${index}`);
  const hex = Array.from({ length: 16 }, () => draw(256).toString(16).padStart(2, '0')).join('');
  const version = `4${hex.slice(13, 16)}`;
  const variant = `8${hex.slice(17, 20)}`;
  return [hex.slice(0, 8), hex.slice(8, 12), version, variant, hex.slice(20)].join('-');
}

export async function writeResidents(
  db: Registry,
  keys: RollKeys,
  roll: readonly DemoResident[] = demoRoll(),
): Promise<void> {
  const rows = roll.map(({ index, dni, phone, districtCode }) => ({
    id: residentId(index),
    dniHash: hashDni(keys.dniKey, dni),
    dniLastTwo: dni.slice(-2),
    districtCode,
    phoneSealed: sealPhone(keys.people, phone),
    phoneHash: hashPhone(keys.dniKey, phone),
  }));
  for (let at = 0; at < rows.length; at += CHUNK) {
    await db
      .insert(resident)
      .values(rows.slice(at, at + CHUNK))
      .onConflictDoNothing();
  }
}

/** The demonstration's roll as the first version of it: nobody uploaded a file for it. */
export async function writeFirstVersion(db: RegistryDatabase): Promise<void> {
  await inTransaction(db, async (tx) => {
    await lockRoll(tx);
    if ((await currentRollVersion(tx)) === 0) {
      const demo = { askedBy: 'system', approvedBy: 'system' };
      await writeVersion(tx, { kind: 'import', importId: null, ...demo });
    }
    return ok(null);
  });
}
