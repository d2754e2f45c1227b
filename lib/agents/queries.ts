import 'server-only';
import { and, asc, count, desc, eq, gt, or, sql } from 'drizzle-orm';
import type { Registry } from '@/db/registry/client';
import { agent, district } from '@/db/registry/schema';
import { openText } from '@/lib/roll/person-crypto';
import type { RollKeys } from '@/lib/roll/types';
import type { AgentState, OrganisationKind } from './types';

/** What everybody may read of an agent: never a DNI, nor a certificate. */
export interface PublicAgent {
  readonly id: string;
  readonly name: string;
  readonly organisation: string;
  readonly organisationKind: OrganisationKind;
  readonly districtName: string;
}

const publicColumns = {
  id: agent.id,
  namesSealed: agent.namesSealed,
  organisation: agent.organisation,
  organisationKind: agent.organisationKind,
  districtName: district.name,
};

const accredited = (cycleId: string) =>
  and(eq(agent.cycleId, cycleId), eq(agent.state, 'accredited'));

function opened<Row extends { namesSealed: Buffer | null }>(
  keys: RollKeys,
  { namesSealed, ...row }: Row,
): Omit<Row, 'namesSealed'> & { name: string } {
  // Who had it erased leaves the organisation without a name beside it.
  return { ...row, name: namesSealed === null ? '' : openText(keys.people, 'name', namesSealed) };
}

/** Where a registration stands, by the number that only who registered has. */
export async function agentByNumber(
  db: Registry,
  number: string,
): Promise<{ state: AgentState; submittedAt: Date; reason: string | null } | null> {
  const [row] = await db
    .select({ state: agent.state, submittedAt: agent.submittedAt, reason: agent.reason })
    .from(agent)
    .where(eq(agent.number, number));
  if (row === undefined) return null;
  return { ...row, reason: row.state === 'rejected' ? row.reason : null };
}

/** Accredited agents by organisation, one page of them. */
export async function publicAgents(
  db: Registry,
  keys: RollKeys,
  cycleId: string,
  { page, perPage }: { readonly page: number; readonly perPage: number },
): Promise<{ readonly agents: PublicAgent[]; readonly total: number }> {
  const rows = await db
    .select(publicColumns)
    .from(agent)
    .innerJoin(district, eq(district.code, agent.districtCode))
    .where(accredited(cycleId))
    .orderBy(asc(agent.organisation), asc(agent.id))
    .limit(perPage)
    .offset((page - 1) * perPage);
  const [all] = await db.select({ total: count() }).from(agent).where(accredited(cycleId));
  return { agents: rows.map((row) => opened(keys, row)), total: all?.total ?? 0 };
}

const EXPORTED_AT_ONCE = 500;

/** The same list whole, in portions. */
export async function* everyPublicAgent(
  db: Registry,
  keys: RollKeys,
  cycleId: string,
): AsyncGenerator<PublicAgent[]> {
  let last: Place | null = null;
  for (;;) {
    const portion: PublicAgent[] = await agentsAfter(db, keys, cycleId, last);
    if (portion.length > 0) yield portion;
    last = portion.at(-1) ?? null;
    if (last === null || portion.length < EXPORTED_AT_ONCE) return;
  }
}

type Place = Pick<PublicAgent, 'organisation' | 'id'>;

async function agentsAfter(
  db: Registry,
  keys: RollKeys,
  cycleId: string,
  last: Place | null,
): Promise<PublicAgent[]> {
  const rows = await db
    .select(publicColumns)
    .from(agent)
    .innerJoin(district, eq(district.code, agent.districtCode))
    .where(
      and(
        accredited(cycleId),
        last === null
          ? undefined
          : or(
              gt(agent.organisation, last.organisation),
              and(eq(agent.organisation, last.organisation), gt(agent.id, last.id)),
            ),
      ),
    )
    .orderBy(asc(agent.organisation), asc(agent.id))
    .limit(EXPORTED_AT_ONCE);
  return rows.map((row) => opened(keys, row));
}

export interface AgentLine {
  readonly id: string;
  readonly number: string;
  readonly organisation: string;
  readonly districtName: string;
  readonly submittedAt: Date;
  readonly state: AgentState;
}

/** Registrations of a cycle, those that wait first, one page of them, for officers. */
export async function agentsPage(
  db: Registry,
  cycleId: string,
  { page, perPage }: { readonly page: number; readonly perPage: number },
): Promise<{ readonly lines: AgentLine[]; readonly total: number }> {
  const lines = await db
    .select({
      id: agent.id,
      number: agent.number,
      organisation: agent.organisation,
      districtName: district.name,
      submittedAt: agent.submittedAt,
      state: agent.state,
    })
    .from(agent)
    .innerJoin(district, eq(district.code, agent.districtCode))
    .where(eq(agent.cycleId, cycleId))
    .orderBy(sql`${agent.state} <> 'submitted'`, desc(agent.submittedAt), asc(agent.id))
    .limit(perPage)
    .offset((page - 1) * perPage);
  const [all] = await db.select({ total: count() }).from(agent).where(eq(agent.cycleId, cycleId));
  return { lines, total: all?.total ?? 0 };
}

/** One registration with everything an officer compares with the papers. */
export async function agentById(db: Registry, keys: RollKeys, id: string) {
  const [row] = await db
    .select({
      ...publicColumns,
      number: agent.number,
      dniLastTwo: agent.dniLastTwo,
      certificateNumber: agent.certificateNumber,
      certificateOn: agent.certificateOn,
      receivedBy: agent.receivedBy,
      submittedAt: agent.submittedAt,
      state: agent.state,
      reason: agent.reason,
    })
    .from(agent)
    .innerJoin(district, eq(district.code, agent.districtCode))
    .where(eq(agent.id, id));
  return row === undefined ? null : opened(keys, row);
}

export interface OwnAgent {
  readonly number: string;
  readonly organisation: string;
  readonly state: AgentState;
  readonly reason: string | null;
}

/** The last registration of a verified person in a cycle. */
export async function ownAgent(
  db: Registry,
  cycleId: string,
  dniHash: Buffer,
): Promise<OwnAgent | null> {
  const [row] = await db
    .select({
      number: agent.number,
      organisation: agent.organisation,
      state: agent.state,
      reason: agent.reason,
    })
    .from(agent)
    .where(and(eq(agent.cycleId, cycleId), eq(agent.dniHash, dniHash)))
    .orderBy(desc(agent.submittedAt))
    .limit(1);
  return row ?? null;
}
