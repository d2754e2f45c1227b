import { and, eq, isNotNull, sql } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { RegistryDatabase } from '@/db/registry/client';
import { agent, dataRequest, rollChallenge, rollInclusion } from '@/db/registry/schema';
import { openText, sealPrefix, sealText, type PersonKeys } from '@/lib/roll/person-crypto';

const ROWS_AT_ONCE = 500;

/** Sealed words of lists, agents and requests: table, id, the column's own name, what it was sealed for. */
const SEALED: readonly {
  readonly table: PgTable;
  readonly id: PgColumn;
  readonly column: PgColumn;
  readonly key: string;
  readonly purpose: string;
}[] = [
  {
    table: rollChallenge,
    id: rollChallenge.id,
    column: rollChallenge.evidenceSealed,
    key: 'evidenceSealed',
    purpose: 'evidence',
  },
  {
    table: rollInclusion,
    id: rollInclusion.id,
    column: rollInclusion.dniSealed,
    key: 'dniSealed',
    purpose: 'dni',
  },
  {
    table: rollInclusion,
    id: rollInclusion.id,
    column: rollInclusion.namesSealed,
    key: 'namesSealed',
    purpose: 'name',
  },
  {
    table: rollInclusion,
    id: rollInclusion.id,
    column: rollInclusion.phoneSealed,
    key: 'phoneSealed',
    purpose: 'phone',
  },
  {
    table: rollInclusion,
    id: rollInclusion.id,
    column: rollInclusion.groundsSealed,
    key: 'groundsSealed',
    purpose: 'evidence',
  },
  { table: agent, id: agent.id, column: agent.namesSealed, key: 'namesSealed', purpose: 'name' },
  {
    table: dataRequest,
    id: dataRequest.id,
    column: dataRequest.detailSealed,
    key: 'detailSealed',
    purpose: 'request',
  },
  {
    table: dataRequest,
    id: dataRequest.id,
    column: dataRequest.answerSealed,
    key: 'answerSealed',
    purpose: 'request',
  },
];

/**
 * After a rotation of the keys, seals again under the first key what older ones sealed, so that the
 * old key can go. Returns how many values; nothing is left to do after the first run.
 */
export async function sealWordsAgain(db: RegistryDatabase, keys: PersonKeys): Promise<number> {
  const prefix = sealPrefix(keys.sealing.id);
  let sealed = 0;
  for (const { table, id, column, key, purpose } of SEALED) {
    for (;;) {
      const rows = await db
        .select({ id: sql<string>`${id}`, value: sql<Buffer>`${column}` })
        .from(table)
        .where(
          and(
            isNotNull(column),
            sql`substring(${column} from 1 for ${prefix.length}) <> ${prefix}`,
          ),
        )
        .limit(ROWS_AT_ONCE);
      for (const row of rows) {
        const again = sealText(keys, purpose, openText(keys, purpose, row.value));
        // Only what is still there as it was read.
        await db
          .update(table)
          .set({ [key]: again })
          .where(and(eq(id, row.id), eq(column, row.value)));
      }
      sealed += rows.length;
      if (rows.length < ROWS_AT_ONCE) break;
    }
  }
  return sealed;
}
