import { eq } from 'drizzle-orm';
import type { PendingQuery, Row, Sql, TransactionSql } from 'postgres';
import type { RegistryDatabase } from '@/db/registry/client';
import {
  cycle,
  dimension,
  district,
  envelope,
  planItem,
  planRow,
  proposal,
  proposalObjective,
  resident,
  rollEntry,
  round,
} from '@/db/registry/schema';
import { personKeys } from '@/lib/roll/person-crypto';
import { hashDni, hashPhone, sealPhone } from '@/lib/roll/secrets';
import type { RollKeys } from '@/lib/roll/types';

/** What database tests of rounds, roll and credentials start from: small, and true to the schema. */

export const TEST_KEYS: RollKeys = { dniKey: 'd'.repeat(32), people: personKeys('r'.repeat(32)) };
export const TEST_CYCLE = 'pp2027';

const HOUR_MS = 60 * 60 * 1000;

/** Two districts side by side and one apart, a cycle, its envelopes, a plan row per dimension. */
export async function seedCycle(db: RegistryDatabase): Promise<void> {
  await db.insert(district).values(
    [
      { code: '120101', name: 'Huancayo', latitude: -12.068, longitude: -75.21 },
      { code: '120114', name: 'El Tambo', latitude: -12.052, longitude: -75.219 },
      { code: '120130', name: 'Santo Domingo de Acobamba', latitude: -11.77, longitude: -74.79 },
    ].map((place) => ({
      ...place,
      reniecCode: `11${place.code.slice(2)}`,
      population: 1000,
      populationYear: 2025,
      povertyTenths: 100,
      povertyYear: 2018,
      hdiMilli: 500,
      hdiYear: 2019,
      areaKm2: 10,
      altitudeM: 3200,
      source: 'test',
    })),
  );
  await db.insert(dimension).values(
    (['SOC', 'ECO', 'AMB', 'INS'] as const).map((code, position) => ({
      code,
      position,
      nameEs: code,
      nameEn: code,
    })),
  );
  await db.insert(planRow).values(
    (['SOC', 'ECO', 'AMB', 'INS'] as const).map((code) => ({
      code: `${code}-1`,
      dimensionCode: code,
      position: 1,
      labelEs: `Fila ${code}`,
      labelEn: `Row ${code}`,
      titleEs: `Fila ${code}`,
      titleEn: `Row ${code}`,
      summaryEs: 'Resumen',
      summaryEn: 'Summary',
    })),
  );
  await db.insert(planItem).values({
    code: 'SOC-1-O1',
    rowCode: 'SOC-1',
    kind: 'objective',
    position: 1,
    titleEs: 'Objetivo',
    titleEn: 'Objective',
  });
  await db.insert(cycle).values({
    id: TEST_CYCLE,
    fiscalYear: 2027,
    nameEs: 'Presupuesto participativo 2027',
    nameEn: 'Participatory budget 2027',
    ceilingCents: 1_000_000_00,
    voteEffect: 'criterio',
    calendar: [],
    state: 'current',
  });
  await db.insert(envelope).values([
    {
      id: 'pp2027-province',
      cycleId: TEST_CYCLE,
      scope: 'province',
      amountCents: 500_000_00,
      origin: 'manual',
    },
    {
      id: 'pp2027-120114',
      cycleId: TEST_CYCLE,
      scope: 'district',
      districtCode: '120114',
      amountCents: 200_000_00,
      origin: 'manual',
    },
  ]);
  await db.insert(proposal).values(
    [
      { code: '2027-001', envelopeId: 'pp2027-province', costCents: 300_000_00 },
      { code: '2027-002', envelopeId: 'pp2027-province', costCents: 250_000_00 },
      { code: '2027-003', envelopeId: 'pp2027-120114', costCents: 150_000_00 },
    ].map((one) => ({
      ...one,
      cycleId: TEST_CYCLE,
      districtCode: null,
      titleEs: `Propuesta ${one.code}`,
      titleEn: `Proposal ${one.code}`,
      labelEs: `Propuesta ${one.code}`,
      labelEn: `Proposal ${one.code}`,
      whatEs: 'Qué',
      whatEn: 'What',
      whereEs: 'Dónde',
      whereEn: 'Where',
      whyEs: 'Por qué',
      whyEn: 'Why',
      proposerKind: 'resident' as const,
      proposerName: 'Vecina de prueba',
      state: 'eligible' as const,
    })),
  );
  await db.insert(proposalObjective).values(
    ['2027-001', '2027-002', '2027-003'].map((proposalCode) => ({
      proposalCode,
      objectiveCode: 'SOC-1-O1',
      position: 1,
    })),
  );
}

/** A resident with a DNI and a phone; returns the id. */
export async function seedResident(
  db: RegistryDatabase,
  person: { dni: string; phone?: string | null; districtCode?: string },
): Promise<string> {
  const phone = person.phone === undefined ? '964000111' : person.phone;
  const [row] = await db
    .insert(resident)
    .values({
      dniHash: hashDni(TEST_KEYS.dniKey, person.dni),
      dniLastTwo: person.dni.slice(-2),
      districtCode: person.districtCode ?? '120114',
      phoneSealed: phone === null ? null : sealPhone(TEST_KEYS.people, phone),
      phoneHash: phone === null ? null : hashPhone(TEST_KEYS.dniKey, phone),
    })
    .returning({ id: resident.id });
  if (row === undefined) throw new Error('no resident came back');
  return row.id;
}

/** A round that is open since an hour ago for another hour, with these residents on its roll. */
export async function seedOpenRound(
  db: RegistryDatabase,
  options: {
    id: string;
    residents: { id: string; districtCode: string }[];
    manifest: string;
    manifestHash: string;
  },
): Promise<void> {
  const at = Date.now();
  await db.insert(round).values({
    id: options.id,
    cycleId: TEST_CYCLE,
    screenCode: options.id.toUpperCase(),
    nameEs: 'Votación de prueba',
    nameEn: 'Test vote',
    state: 'draft',
    opensAt: new Date(at - HOUR_MS),
    closesAt: new Date(at + HOUR_MS),
    livePolicy: 'at-close',
  });
  if (options.residents.length > 0) {
    await db.insert(rollEntry).values(
      options.residents.map((one) => ({
        roundId: options.id,
        residentId: one.id,
        districtCode: one.districtCode,
      })),
    );
  }
  // Frozen last: from then on nobody comes onto the roll.
  const { manifest, manifestHash } = options;
  await db
    .update(round)
    .set({ state: 'open', manifest, manifestHash })
    .where(eq(round.id, options.id));
}

/**
 * What nobody may do any more once a round has left the draft, such as turning its clock: the
 * triggers are off for these statements, as only a superuser can have it.
 */
export async function asSuperuser(
  owner: Sql,
  change: (sql: TransactionSql) => PendingQuery<Row[]>,
): Promise<void> {
  await owner.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await change(tx);
  });
}
