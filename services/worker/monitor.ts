import { and, count, eq, inArray, isNotNull, or, sql } from 'drizzle-orm';
import type { RegistryDatabase } from '@/db/registry/client';
import { credential, issuerLog, rollEntry, tablet, tabletVoucher } from '@/db/registry/schema';
import { issuedByChannel } from '@/lib/credentials/queries';
import type { Manifest } from '@/lib/rounds/manifest';
import type { MonitorFigures } from '@/lib/rounds/monitor';
import { groupOfDistrict } from '@/lib/rounds/rules';
import type { BoxClient } from './box-client';

/**
 * The figures of a round that is being voted, in the order that makes an honest one agree although
 * people vote meanwhile: what may only follow is read before what must come first.
 */
export async function monitorFigures(
  db: RegistryDatabase,
  box: BoxClient,
  manifest: Manifest,
): Promise<MonitorFigures> {
  const { round } = manifest;
  const atBox = await box.count(round);
  const completed = await perGroup(
    db
      .select({ group: credential.groupId, people: count() })
      .from(credential)
      .where(
        and(
          eq(credential.roundId, round),
          inArray(credential.channel, ['phone', 'desk']),
          isNotNull(credential.blindSignature),
        ),
      )
      .groupBy(credential.groupId),
  );
  const signed = await perGroup(
    db
      .select({ group: issuerLog.groupId, people: count() })
      .from(issuerLog)
      .where(eq(issuerLog.roundId, round))
      .groupBy(issuerLog.groupId),
  );
  const vouchers = await perGroup(
    db
      .select({ group: tabletVoucher.groupId, people: count() })
      .from(tabletVoucher)
      .innerJoin(tablet, eq(tablet.id, tabletVoucher.tabletId))
      .where(eq(tablet.roundId, round))
      .groupBy(tabletVoucher.groupId),
  );
  return {
    box: atBox,
    completed,
    signed,
    vouchers,
    issued: await issuedByChannel(db, round),
    eligible: Object.fromEntries(manifest.groups.map(({ id, eligible }) => [id, eligible])),
    onRoll: await peopleOnRoll(db, manifest),
    offRoll: await rightsOffRoll(db, manifest),
  };
}

async function perGroup(
  asked: PromiseLike<readonly { group: string; people: number }[]>,
): Promise<Record<string, number>> {
  return Object.fromEntries((await asked).map(({ group, people }) => [group, people]));
}

async function peopleOnRoll(
  db: RegistryDatabase,
  manifest: Manifest,
): Promise<Record<string, number>> {
  const rows = await db
    .select({ district: rollEntry.districtCode, people: count() })
    .from(rollEntry)
    .where(eq(rollEntry.roundId, manifest.round))
    .groupBy(rollEntry.districtCode);
  const people: Record<string, number> = {};
  for (const row of rows) {
    const group = groupOfDistrict(manifest.groups, row.district)?.id ?? row.district;
    people[group] = (people[group] ?? 0) + row.people;
  }
  return people;
}

/** Rights whose holder is not on this roll, or is there in a district of another group. */
async function rightsOffRoll(db: RegistryDatabase, manifest: Manifest): Promise<number> {
  const inGroup = manifest.groups.map(({ id, districts }) =>
    and(eq(credential.groupId, id), inArray(rollEntry.districtCode, districts)),
  );
  const [row] = await db
    .select({ rights: count() })
    .from(credential)
    .leftJoin(
      rollEntry,
      and(
        eq(rollEntry.roundId, credential.roundId),
        eq(rollEntry.residentId, credential.residentId),
      ),
    )
    .where(and(eq(credential.roundId, manifest.round), sql`(${or(...inGroup)}) is not true`));
  return row?.rights ?? 0;
}
