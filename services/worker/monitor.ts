import { and, count, eq, inArray, isNotNull, ne, or, sql } from 'drizzle-orm';
import type { RegistryDatabase } from '@/db/registry/client';
import {
  credential,
  issuerLog,
  paperCheckIn,
  paperTable,
  rollEntry,
  tablet,
  tabletResident,
  tabletVoucher,
} from '@/db/registry/schema';
import { issuedByChannel } from '@/lib/credentials/queries';
import type { Manifest } from '@/lib/rounds/manifest';
import type { ChannelSums, MonitorFigures } from '@/lib/rounds/monitor';
import { groupOfDistrict } from '@/lib/rounds/rules';
import type { BoxCount } from './box-client';

/**
 * The figures of a round that is being voted, in the order that makes an honest one agree although
 * people vote meanwhile: what may only follow is read before what must come first, the box's own
 * figures before all others.
 */
export async function monitorFigures(
  db: RegistryDatabase,
  atBox: BoxCount,
  manifest: Manifest,
): Promise<MonitorFigures> {
  const { round } = manifest;
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
    channels: await channelSums(db, round),
    issued: await issuedByChannel(db, round),
    eligible: Object.fromEntries(manifest.groups.map(({ id, eligible }) => [id, eligible])),
    onRoll: await peopleOnRoll(db, manifest),
    offRoll: await rightsOffRoll(db, manifest),
  };
}

/** What tables and tablets gave out, and the rights that this took, as one snapshot has them. */
async function channelSums(db: RegistryDatabase, round: string): Promise<ChannelSums> {
  return db.transaction(
    async (tx) => {
      const rights = async (channel: 'paper' | 'tablet') =>
        perGroup(
          tx
            .select({ group: credential.groupId, people: count() })
            .from(credential)
            .where(and(eq(credential.roundId, round), eq(credential.channel, channel)))
            .groupBy(credential.groupId),
        );
      const tables = await tx
        .select({
          group: paperTable.groupId,
          people: count(paperCheckIn.residentId),
          papers: sql<number>`coalesce(${paperTable.ballots} + ${paperTable.spoiled}, 0)::int`,
        })
        .from(paperTable)
        .leftJoin(paperCheckIn, eq(paperCheckIn.tableId, paperTable.id))
        .where(eq(paperTable.roundId, round))
        .groupBy(paperTable.id);
      return {
        checkedIn: summed(tables),
        onPaper: await rights('paper'),
        overfullUrns: summed(
          tables.flatMap(({ group, people, papers }) =>
            papers > people ? [{ group, people: 1 }] : [],
          ),
        ),
        listed: await perGroup(
          tx
            .select({ group: tabletResident.groupId, people: count() })
            .from(tabletResident)
            .where(and(eq(tabletResident.roundId, round), ne(tabletResident.state, 'released')))
            .groupBy(tabletResident.groupId),
        ),
        onTablets: await rights('tablet'),
      };
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}

function summed(
  rows: readonly { readonly group: string; readonly people: number }[],
): Record<string, number> {
  const people: Record<string, number> = {};
  for (const row of rows) people[row.group] = (people[row.group] ?? 0) + row.people;
  return people;
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
  return summed(
    rows.map(({ district, people }) => ({
      group: groupOfDistrict(manifest.groups, district)?.id ?? district,
      people,
    })),
  );
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
