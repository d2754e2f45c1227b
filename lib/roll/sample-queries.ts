import 'server-only';
import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import type { Registry } from '@/db/registry/client';
import { district, resident, rollEntry } from '@/db/registry/schema';
import { present } from '@/lib/shared/assert';
import { residentSalt, RollLeaves } from './commitment';
import type { OpenedRow } from './sample';

const AT_ONCE = 5000;

/** What helps to find the person of a row; the committee compares it with the DNI in their hand. */
export interface SampledRow extends OpenedRow {
  readonly district: string;
  readonly dniLastTwo: string;
  /** Sealed; null when the roll came without names. */
  readonly nameSealed: Buffer | null;
}

/**
 * Opens rows of one group's frozen roll, at these places of its ascending leaves. Reads the group in
 * portions: 32 bytes of leaf and an id per person are kept.
 *
 * @throws when the roll is not as long as the manifest says.
 */
export async function openRows(
  db: Registry,
  round: { readonly id: string; readonly rollSalt: Uint8Array },
  group: { readonly id: string; readonly districts: readonly string[]; readonly eligible: number },
  places: readonly number[],
): Promise<SampledRow[]> {
  if (places.length === 0) return [];
  const leaves = new RollLeaves(group.eligible);
  const ids: string[] = [];
  for (;;) {
    const last = ids.at(-1);
    const portion = await db
      .select({ id: rollEntry.residentId, dniHash: resident.dniHash })
      .from(rollEntry)
      .innerJoin(resident, eq(resident.id, rollEntry.residentId))
      .where(
        and(
          eq(rollEntry.roundId, round.id),
          inArray(rollEntry.districtCode, [...group.districts]),
          last === undefined ? undefined : gt(rollEntry.residentId, last),
        ),
      )
      .orderBy(asc(rollEntry.residentId))
      .limit(AT_ONCE);
    if (portion.length === 0) break;
    for (const one of portion) {
      leaves.add(round.rollSalt, one);
      ids.push(one.id);
    }
  }
  const opened = leaves.open(places);
  const chosen = opened.map(({ added }) => present(ids[added], 'a row of the roll'));
  const people = await db
    .select({
      id: resident.id,
      dniHash: resident.dniHash,
      dniLastTwo: resident.dniLastTwo,
      nameSealed: resident.nameSealed,
      district: district.name,
    })
    .from(resident)
    .innerJoin(
      rollEntry,
      and(eq(rollEntry.residentId, resident.id), eq(rollEntry.roundId, round.id)),
    )
    .innerJoin(district, eq(district.code, rollEntry.districtCode))
    .where(inArray(resident.id, chosen));
  const byId = new Map(people.map((person) => [person.id, person]));
  return opened.map(({ path }, at) => {
    const person = present(byId.get(present(chosen[at], 'a row')), 'a person of the roll');
    return {
      group: group.id,
      index: present(places[at], 'a place'),
      salt: residentSalt(round.rollSalt, person.id).toString('hex'),
      dniHash: person.dniHash.toString('hex'),
      path,
      district: person.district,
      dniLastTwo: person.dniLastTwo,
      nameSealed: person.nameSealed,
    };
  });
}
