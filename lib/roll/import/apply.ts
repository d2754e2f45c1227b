import { and, desc, eq, sql } from 'drizzle-orm';
import type { RegistryDatabase, RegistryTransaction } from '@/db/registry/client';
import { approval, rollImport } from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import { recordAudit } from '@/lib/audit/commands';
import { present } from '@/lib/shared/assert';
import { ok, refuse, type Result } from '@/lib/shared/result';
import { currentRollVersion, lockRoll, writeVersion } from '../versions';
import { mappingShape } from './input';
import { ROLL_IMPORT_KIND } from './types';

type ApplyRefusal = 'wrong-state' | 'roll-changed';

/**
 * Puts an approved import onto the roll, in one transaction: it joins whom the file brings, changes
 * what it says of those who were there and, when it is the whole roll, sends away whom it lacks. Run
 * twice, or by two workers at once, it is applied once.
 */
export async function applyImport(
  db: RegistryDatabase,
  importId: string,
): Promise<Result<{ readonly version: number }, ApplyRefusal>> {
  return inTransaction(db, async (tx) => {
    await lockRoll(tx);
    const [taken] = await tx
      .update(rollImport)
      .set({ state: 'applied', changedAt: sql`now()`, decidedAt: sql`now()` })
      .where(and(eq(rollImport.id, importId), eq(rollImport.state, 'applying')))
      .returning({ baseVersion: rollImport.baseVersion, mapping: rollImport.mapping });
    if (taken === undefined) return refuse('wrong-state');
    if (taken.baseVersion !== (await currentRollVersion(tx))) return refuse('roll-changed');
    const { scope } = mappingShape.parse(taken.mapping);
    const changes = await applyRows(tx, importId, scope);
    const version = await writeVersion(tx, {
      kind: 'import',
      importId,
      ...(await twoPeople(tx, importId)),
    });
    // What was accepted stands on the roll now; what was rejected is kept for its report.
    await tx.execute(
      sql`delete from roll_import_row where import_id = ${importId} and reason is null`,
    );
    await recordAudit(tx, {
      actor: 'worker',
      action: 'roll.applied',
      subject: `roll-import:${importId}`,
      details: { version: version.number, people: version.people, ...changes },
    });
    return ok({ version: version.number });
  });
}

/** Who asked for it and who said yes. */
async function twoPeople(
  tx: RegistryTransaction,
  importId: string,
): Promise<{ askedBy: string; approvedBy: string }> {
  const [decided] = await tx
    .select({ askedBy: approval.requestedBy, approvedBy: approval.decidedBy })
    .from(approval)
    .where(
      and(
        eq(approval.kind, ROLL_IMPORT_KIND),
        eq(approval.subject, importId),
        eq(approval.decision, 'approved'),
      ),
    )
    // After a change of the roll in between it was compared and asked for again: the last yes counts.
    .orderBy(desc(approval.decidedAt))
    .limit(1);
  const { askedBy, approvedBy } = present(decided, 'approval of the import');
  return {
    askedBy: `staff:${askedBy}`,
    approvedBy: `staff:${present(approvedBy, 'second person')}`,
  };
}

async function applyRows(
  tx: RegistryTransaction,
  importId: string,
  scope: 'whole' | 'partial',
): Promise<{ joined: number; changed: number; left: number }> {
  const staged = sql`(select * from roll_import_row where import_id = ${importId} and accepted)`;
  // Changes first: who joins below is not compared again. Who asked for name and phone to be erased
  // stays without them, whatever the file brings.
  const changed = await tx.execute(sql`
    update resident r set
      district_code = s.district_code,
      phone_sealed = case when s.phone_hash is distinct from r.phone_hash and r.contact_erased_at is null
        then coalesce(s.phone_sealed, r.phone_sealed) else r.phone_sealed end,
      phone_hash = case when r.contact_erased_at is null
        then coalesce(s.phone_hash, r.phone_hash) else r.phone_hash end,
      name_sealed = case when s.name_hash is distinct from r.name_hash and r.contact_erased_at is null
        then coalesce(s.name_sealed, r.name_sealed) else r.name_sealed end,
      name_hash = case when r.contact_erased_at is null
        then coalesce(s.name_hash, r.name_hash) else r.name_hash end,
      left_at = null
    from ${staged} s
    where r.dni_hash = s.dni_hash and (
      r.district_code <> s.district_code or r.left_at is not null
      or (r.contact_erased_at is null and (
        (s.phone_hash is not null and s.phone_hash is distinct from r.phone_hash)
        or (s.name_hash is not null and s.name_hash is distinct from r.name_hash))))`);
  const joined = await tx.execute(sql`
    insert into resident (dni_hash, dni_last_two, district_code, phone_sealed, phone_hash, name_sealed, name_hash)
    select dni_hash, dni_last_two, district_code, phone_sealed, phone_hash, name_sealed, name_hash
    from ${staged} s
    where not exists (select from resident r where r.dni_hash = s.dni_hash)`);
  const left =
    scope === 'partial'
      ? { count: 0 }
      : await tx.execute(sql`
          update resident r set left_at = now()
          where r.left_at is null
            and not exists (select from ${staged} s where s.dni_hash = r.dni_hash)`);
  return { joined: joined.count, changed: changed.count, left: left.count };
}
