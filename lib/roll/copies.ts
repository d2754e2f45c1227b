import { sql } from 'drizzle-orm';
import type { Registry, RegistryDatabase } from '@/db/registry/client';
import { inTransaction } from '@/db/transaction';
import { recordAudit } from '@/lib/audit/commands';
import { ok, refuse } from '@/lib/shared/result';

/**
 * What other tables hold of a person besides the roll: requests to be put on it, registrations as
 * agent. It goes with her name and phone, or with her DNI; what still waits to be decided stays until
 * it is. Accredited agents keep their name: it was published with their consent and is in the file of
 * the process.
 */

/** 32 bytes that are a keyed hash of nobody's DNI; PostgreSQL's UUIDs are random. */
const nobody = sql`sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))`;

/** Names and phones of people whose contact was erased, wherever else they stand; of one of them, or all. */
export async function forgetContactCopies(db: Registry, residentId?: string): Promise<void> {
  const whose = sql`r.contact_erased_at is not null
    and ${residentId === undefined ? sql`true` : sql`r.id = ${residentId}`}`;
  await db.execute(sql`
    update roll_inclusion i set names_sealed = null, phone_sealed = null, dni_sealed = null
    from resident r
    where r.dni_hash = i.dni_hash and ${whose} and i.state in ('applied', 'rejected')
      and num_nonnulls(i.names_sealed, i.phone_sealed, i.dni_sealed) > 0`);
  await db.execute(sql`
    update agent a set names_sealed = null, dni_hash = ${nobody}, dni_last_two = ''
    from resident r
    where r.dni_hash = a.dni_hash and ${whose} and a.state in ('rejected', 'withdrawn')`);
}

/** Whatever leads to the DNIs of people who are about to be erased; call it before their hash goes. */
export async function forgetIdentityCopies(db: Registry, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await db.execute(sql`
    update roll_addition a set dni_hash = ${nobody}, dni_last_two = '', dni_sealed = null
    from resident r
    where r.dni_hash = a.dni_hash and r.id in ${ids} and a.state <> 'proposed'`);
  await db.execute(sql`
    update roll_inclusion i set dni_hash = null, dni_last_two = null, dni_sealed = null,
      names_sealed = null, phone_sealed = null
    from resident r
    where r.dni_hash = i.dni_hash and r.id in ${ids} and i.state in ('applied', 'rejected')`);
  await db.execute(sql`
    update agent a set dni_hash = ${nobody}, dni_last_two = '',
      names_sealed = case when a.state = 'accredited' then a.names_sealed end
    from resident r
    where r.dni_hash = a.dni_hash and r.id in ${ids} and (a.state in ('rejected', 'withdrawn')
      or exists (select from cycle c where c.id = a.cycle_id and c.state = 'closed'))`);
}

const DECLINED_DAYS = 30;

/**
 * DNIs of people whom nobody put on the roll after all, and of the agents of processes that are over:
 * no erasure of a resident would find them.
 */
export async function forgetStrangers(db: RegistryDatabase, months: number): Promise<void> {
  await inTransaction(db, async (tx) => {
    const additions = await tx.execute(sql`
      update roll_addition a set dni_hash = ${nobody}, dni_last_two = '', dni_sealed = null
      where a.state = 'declined' and a.dni_last_two <> ''
        and a.decided_at < now() - make_interval(days => ${DECLINED_DAYS})`);
    const agents = await tx.execute(sql`
      update agent a set dni_hash = ${nobody}, dni_last_two = '',
        names_sealed = case when a.state = 'accredited' then a.names_sealed end
      from cycle c
      where c.id = a.cycle_id and c.state = 'closed' and a.dni_last_two <> ''
        and a.submitted_at < now() - make_interval(months => ${months})`);
    if (additions.count + agents.count === 0) return refuse('nobody');
    await recordAudit(tx, {
      actor: 'worker',
      action: 'roll.copies-erased',
      subject: 'roll',
      details: { additions: additions.count, agents: agents.count },
    });
    return ok(null);
  });
}
