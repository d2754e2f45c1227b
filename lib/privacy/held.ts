import 'server-only';
import { and, count, desc, eq, type SQL } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Registry } from '@/db/registry/client';
import {
  agent,
  assemblyAttendance,
  consentAcceptance,
  credential,
  dataRequest,
  deskHelp,
  deskTurn,
  deskVisit,
  district,
  letterCode,
  paperCheckIn,
  resident,
  rollChallenge,
  rollEntry,
  rollExclusion,
  rollInclusion,
  round,
  tabletResident,
  verificationAttempt,
  voterSession,
} from '@/db/registry/schema';
import type { Person } from '@/lib/lists/person';
import { openText } from '@/lib/roll/person-crypto';
import { openPhone } from '@/lib/roll/secrets';
import type { RollKeys } from '@/lib/roll/types';

/**
 * Every table that names a resident, and how the page "Qué sabemos de ti" tells of it: in full below,
 * or as a number of rows. A test reads the database's own catalogue and fails for a table that is
 * missing here.
 */
export const TOLD_TABLES = {
  resident: 'full',
  roll_entry: 'full',
  credential: 'full',
  consent_acceptance: 'full',
  data_request: 'full',
  roll_challenge: 'full',
  roll_exclusion: 'counted',
  verification_attempt: 'counted',
  voter_session: 'counted',
  letter_code: 'counted',
  desk_turn: 'counted',
  desk_visit: 'counted',
  desk_help: 'counted',
  paper_check_in: 'counted',
  tablet_resident: 'counted',
  assembly_attendance: 'counted',
} as const;

type Counted = {
  [K in keyof typeof TOLD_TABLES]: (typeof TOLD_TABLES)[K] extends 'counted' ? K : never;
}[keyof typeof TOLD_TABLES];

const COUNTED: Readonly<Record<Counted, { table: PgTable; residentId: PgColumn }>> = {
  roll_exclusion: { table: rollExclusion, residentId: rollExclusion.residentId },
  verification_attempt: { table: verificationAttempt, residentId: verificationAttempt.residentId },
  voter_session: { table: voterSession, residentId: voterSession.residentId },
  letter_code: { table: letterCode, residentId: letterCode.residentId },
  desk_turn: { table: deskTurn, residentId: deskTurn.residentId },
  desk_visit: { table: deskVisit, residentId: deskVisit.residentId },
  desk_help: { table: deskHelp, residentId: deskHelp.residentId },
  paper_check_in: { table: paperCheckIn, residentId: paperCheckIn.residentId },
  tablet_resident: { table: tabletResident, residentId: tabletResident.residentId },
  assembly_attendance: { table: assemblyAttendance, residentId: assemblyAttendance.residentId },
};

/** Everything that is held about one verified person. */
export async function heldAbout(db: Registry, keys: RollKeys, person: Person) {
  const { residentId, dniHash } = person;
  const [entry, rounds, traces, consents, requests, challenges, inclusions, agents] =
    await Promise.all([
      entryOf(db, keys, residentId),
      roundsOf(db, residentId),
      tracesOf(db, residentId),
      consentsOf(db, residentId),
      requestsOf(db, keys, residentId),
      challengesOf(db, residentId, dniHash),
      inclusionsOf(db, dniHash),
      agentsOf(db, dniHash),
    ]);
  return { entry, rounds, traces, consents, requests, challenges, inclusions, agents };
}

export type HeldData = Awaited<ReturnType<typeof heldAbout>>;

async function entryOf(db: Registry, keys: RollKeys, residentId: string) {
  const [row] = await db
    .select({
      dniLastTwo: resident.dniLastTwo,
      districtName: district.name,
      nameSealed: resident.nameSealed,
      phoneSealed: resident.phoneSealed,
      leftAt: resident.leftAt,
    })
    .from(resident)
    .innerJoin(district, eq(district.code, resident.districtCode))
    .where(eq(resident.id, residentId));
  if (row === undefined) return null;
  const { nameSealed, phoneSealed, ...rest } = row;
  return {
    ...rest,
    name: nameSealed === null ? null : openText(keys.people, 'name', nameSealed),
    phone: phoneSealed === null ? null : openPhone(keys.people, phoneSealed),
  };
}

function roundsOf(db: Registry, residentId: string) {
  return db
    .select({
      nameEs: round.nameEs,
      nameEn: round.nameEn,
      districtName: district.name,
      /** How the right to a ballot was used and on which day; never what was chosen. */
      channel: credential.channel,
      issuedOn: credential.issuedOn,
    })
    .from(rollEntry)
    .innerJoin(round, eq(round.id, rollEntry.roundId))
    .innerJoin(district, eq(district.code, rollEntry.districtCode))
    .leftJoin(
      credential,
      and(
        eq(credential.roundId, rollEntry.roundId),
        eq(credential.residentId, rollEntry.residentId),
      ),
    )
    .where(eq(rollEntry.residentId, residentId))
    .orderBy(desc(round.opensAt));
}

/** Rows that do no more than exist, by the name of their table; none of those that are empty. */
async function tracesOf(
  db: Registry,
  residentId: string,
): Promise<{ readonly table: Counted; readonly rows: number }[]> {
  const counts = await Promise.all(
    Object.entries(COUNTED).map(async ([name, { table, residentId: column }]) => {
      const [row] = await db.select({ rows: count() }).from(table).where(eq(column, residentId));
      return { table: name as Counted, rows: row?.rows ?? 0 };
    }),
  );
  return counts.filter(({ rows }) => rows > 0);
}

function consentsOf(db: Registry, residentId: string) {
  return db
    .select({
      kind: consentAcceptance.kind,
      version: consentAcceptance.version,
      acceptedAt: consentAcceptance.acceptedAt,
    })
    .from(consentAcceptance)
    .where(eq(consentAcceptance.residentId, residentId))
    .orderBy(desc(consentAcceptance.acceptedAt));
}

async function requestsOf(db: Registry, keys: RollKeys, residentId: string) {
  const rows = await db
    .select({
      number: dataRequest.number,
      kind: dataRequest.kind,
      filedAt: dataRequest.filedAt,
      dueOn: dataRequest.dueOn,
      extendedReason: dataRequest.extendedReason,
      outcome: dataRequest.outcome,
      answerSealed: dataRequest.answerSealed,
    })
    .from(dataRequest)
    .where(eq(dataRequest.residentId, residentId))
    .orderBy(desc(dataRequest.filedAt));
  return rows.map(({ answerSealed, ...row }) => ({
    ...row,
    answer: answerSealed === null ? null : openText(keys.people, 'request', answerSealed),
  }));
}

/** Those they filed, and those about their own entry: of the latter not who filed them. */
async function challengesOf(db: Registry, residentId: string, dniHash: Buffer) {
  const read = (where: SQL) =>
    db
      .select({
        kind: rollChallenge.kind,
        filedAt: rollChallenge.filedAt,
        state: rollChallenge.state,
      })
      .from(rollChallenge)
      .where(where)
      .orderBy(desc(rollChallenge.filedAt));
  const [filed, about] = await Promise.all([
    read(eq(rollChallenge.filerHash, dniHash)),
    read(eq(rollChallenge.residentId, residentId)),
  ]);
  return [
    ...filed.map((row) => ({ ...row, side: 'filed' as const })),
    ...about.map((row) => ({ ...row, side: 'about' as const })),
  ];
}

function inclusionsOf(db: Registry, dniHash: Buffer) {
  return db
    .select({ filedAt: rollInclusion.filedAt, state: rollInclusion.state })
    .from(rollInclusion)
    .where(eq(rollInclusion.dniHash, dniHash))
    .orderBy(desc(rollInclusion.filedAt));
}

function agentsOf(db: Registry, dniHash: Buffer) {
  return db
    .select({
      organisation: agent.organisation,
      state: agent.state,
      submittedAt: agent.submittedAt,
    })
    .from(agent)
    .where(eq(agent.dniHash, dniHash))
    .orderBy(desc(agent.submittedAt));
}
