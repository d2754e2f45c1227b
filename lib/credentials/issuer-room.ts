import { sql } from 'drizzle-orm';
import type { Registry, RegistryTransaction } from '@/db/registry/client';

/**
 * How many more blinded values of a group the issuer will sign. It never has more of them out than
 * the manifest has eligible people; vouchers that a tablet brought home unused are out no more.
 */

interface OfGroup {
  readonly round: string;
  readonly group: string;
}

/** Per tablet of the round: vouchers of this group that were signed, and rights still held there. */
const tabletsOf = ({ round, group }: OfGroup) => sql`
  select t.state,
    (select count(*) from tablet_voucher v
      join issuer_log l on l.round_id = t.round_id and l.blinded_hash = v.blinded_hash
      where v.tablet_id = t.id and v.group_id = ${group} and l.group_id = ${group}) as signed,
    (select count(*) from tablet_resident r
      where r.tablet_id = t.id and r.group_id = ${group} and r.state <> 'released') as held
  from tablet t where t.round_id = ${round}`;

const logged = ({ round, group }: OfGroup) => sql`
  (select count(*) from issuer_log l where l.round_id = ${round} and l.group_id = ${group})`;

/**
 * Signatures that may still become a ballot, or did: all that were given, without those a tablet
 * destroyed when it closed. Only of a tablet that is back, with minutes in the public record and as
 * many voters as they say; a lost one's stay in the count, whoever was set free.
 */
export async function signaturesOut(db: Registry, of: OfGroup): Promise<number> {
  const [row] = await db.execute<{ out: number }>(sql`
    select (${logged(of)} - coalesce(sum(greatest(signed - held, 0)), 0))::int as out
    from (${tabletsOf(of)}) as back where state = 'synced'`);
  return row?.out ?? 0;
}

/** Signed, without what came home unused, and what is reserved on tablets that were not loaded yet. */
const outOrOnTablets = (of: OfGroup) => sql`
  (select ${logged(of)}
      - coalesce(sum(greatest(signed - held, 0)) filter (where state = 'synced'), 0)
      + coalesce(sum(greatest(held - signed, 0)) filter (where state in ('prepared', 'loaded')), 0)
    from (${tabletsOf(of)}) as tablets)`;

/** Rights begun on a phone or a kiosk and cut before the issuer counted them. */
const begun = ({ round, group }: OfGroup) => sql`
  (select count(*) from credential c
    where c.round_id = ${round} and c.group_id = ${group}
      and c.channel in ('phone', 'desk') and c.blind_signature is null
      and not exists (select from issuer_log l
        where l.round_id = c.round_id and l.blinded_hash = c.blinded_hash))`;

interface Group extends OfGroup {
  readonly eligible: number;
}

/**
 * How many more rights of a group can be given out with the certainty that the issuer signs for
 * them. Holds until the transaction ends: others who ask for this group wait.
 */
export async function roomAtIssuer(tx: RegistryTransaction, of: Group): Promise<number> {
  const lock = `minka/room/${of.round}/${of.group}`;
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`);
  // In one statement, so that no right is missed on its way from begun to signed.
  const [row] = await tx.execute<{ taken: number }>(
    sql`select (${outOrOnTablets(of)} + ${begun(of)})::int as taken`,
  );
  return of.eligible - (row?.taken ?? 0);
}

/** More than ask at the same moment in all processes together. */
const PLENTY = 200;
/** More than RSA signs in the time below, at 0.38 ms each: a group this far from its end stays so. */
const FAR = 10_000;
const FAR_FOR_MS = 3_000;
const farUntil = new Map<string, number>();

/**
 * Whether a group is so far from its end that nobody needs to wait for anybody. Counting a district
 * of 100,000 takes as long as signing a hundred times, so a large room is looked at every 3 s only.
 */
export async function hasPlentyOfRoom(db: Registry, of: Group): Promise<boolean> {
  const name = `${of.round}/${of.group}`;
  const now = performance.now();
  if ((farUntil.get(name) ?? now) > now) return true;
  const [row] = await db.execute<{ taken: number }>(
    sql`select ${outOrOnTablets(of)}::int as taken`,
  );
  const room = of.eligible - (row?.taken ?? 0);
  if (room > FAR) farUntil.set(name, now + FAR_FOR_MS);
  else farUntil.delete(name);
  return room > PLENTY;
}
