import type { ISql } from 'postgres';
import { SHARED_PHONE_LIMIT, type DistrictChange, type Preview } from './types';

/** A connection or a transaction of postgres.js. */
type Statements = ISql;

interface Totals {
  before: number;
  after: number;
  joined: number;
  left: number;
  moved_district: number;
  changed_phone: number;
  changed_name: number;
  unchanged: number;
  without_phone: number;
}

/**
 * What applying the import would change of the roll as it is now: one set-based comparison, numbers
 * only. An empty cell takes nothing away: who had a phone keeps it until the file says another.
 */
export async function compareWithRoll(
  sql: Statements,
  importId: string,
  scope: 'whole' | 'partial',
): Promise<Preview> {
  const whole = scope === 'whole';
  const joined = sql`
    select s.dni_hash is not null as staged, r.dni_hash is not null as stood,
      s.district_code as new_district, r.district_code as old_district,
      case when r.contact_erased_at is null then s.phone_hash end as new_phone, r.phone_hash as old_phone,
      case when r.contact_erased_at is null then s.name_hash end as new_name, r.name_hash as old_name
    from (select dni_hash, district_code, phone_hash, name_hash from roll_import_row
          where import_id = ${importId} and accepted) s
    full join (select dni_hash, district_code, phone_hash, name_hash, contact_erased_at from resident
               where left_at is null) r on r.dni_hash = s.dni_hash`;
  const [totals] = await sql<Totals[]>`
    with j as (${joined}), k as (
      select *, staged or not ${whole}::boolean as stays,
        staged and stood and new_district <> old_district as moved,
        staged and stood and new_phone is not null and new_phone is distinct from old_phone as rung,
        staged and stood and new_name is not null and new_name is distinct from old_name as named
      from j)
    select count(*) filter (where stood)::int as before,
      count(*) filter (where stays)::int as after,
      count(*) filter (where staged and not stood)::int as joined,
      count(*) filter (where not stays)::int as left,
      count(*) filter (where moved)::int as moved_district,
      count(*) filter (where rung)::int as changed_phone,
      count(*) filter (where named)::int as changed_name,
      count(*) filter (where stood and stays and not coalesce(moved or rung or named, false))::int as unchanged,
      count(*) filter (where stays and coalesce(new_phone, old_phone) is null)::int as without_phone
    from k`;
  const districts = await sql<({ code: string } & DistrictChange)[]>`
    with j as (${joined}), ends as (
      select old_district as code, 1 as before, 0 as after,
        0 as joined, case when staged or not ${whole}::boolean then 0 else 1 end as left
      from j where stood
      union all
      select coalesce(new_district, old_district), 0, 1,
        case when staged and not stood then 1 else 0 end, 0
      from j where staged or not ${whole}::boolean)
    select code, sum(before)::int as before, sum(after)::int as after, sum(joined)::int as joined,
      sum("left")::int as left
    from ends group by code order by code`;
  const [shared] = await sql<{ numbers: number }[]>`
    with j as (${joined})
    select count(*)::int as numbers from (
      select 1 from j
      where (staged or not ${whole}::boolean) and coalesce(new_phone, old_phone) is not null
      group by coalesce(new_phone, old_phone) having count(*) > ${SHARED_PHONE_LIMIT}) many`;
  return {
    before: totals?.before ?? 0,
    after: totals?.after ?? 0,
    joined: totals?.joined ?? 0,
    left: totals?.left ?? 0,
    movedDistrict: totals?.moved_district ?? 0,
    changedPhone: totals?.changed_phone ?? 0,
    changedName: totals?.changed_name ?? 0,
    unchanged: totals?.unchanged ?? 0,
    withoutPhone: totals?.without_phone ?? 0,
    sharedPhones: shared?.numbers ?? 0,
    districts: Object.fromEntries(districts.map(({ code, ...change }) => [code, change])),
  };
}
