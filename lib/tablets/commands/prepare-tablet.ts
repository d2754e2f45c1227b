import { randomBytes, randomInt } from 'node:crypto';
import { and, eq, gt, inArray, sql } from 'drizzle-orm';
import type { RegistryDatabase, RegistryTransaction } from '@/db/registry/client';
import { resident, rollEntry, round, tablet, tabletResident } from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import { recordAudit } from '@/lib/audit/commands';
import { auditActor, type Actor } from '@/lib/auth/actor';
import { roomAtIssuer } from '@/lib/credentials/issuer-room';
import { takeRight } from '@/lib/credentials/right';
import { hashDni } from '@/lib/roll/secrets';
import { frozenManifest } from '@/lib/rounds/queries';
import { groupOfDistrict } from '@/lib/rounds/rules';
import { present } from '@/lib/shared/assert';
import { ok, refuse, type Result } from '@/lib/shared/result';
import { listHash } from '../device';
import { mayHandleTablets } from '../policy';
import { readList, vouchersNeeded, type TypedList } from '../rules';
import { LIST_ITERATIONS, MAX_RESIDENTS, type PrepareRefusal } from '../types';

export interface PrepareInput {
  readonly roundId: string;
  readonly place: string;
  /** DNIs of those who will come, as pasted. */
  readonly list: string;
  readonly dniKey: string;
}

export interface PreparedTablet {
  readonly id: string;
  readonly reserved: number;
  /** DNIs that are not on the roll of this round. */
  readonly notOnRoll: readonly string[];
  /** DNIs whose right is taken already, in whatever way. */
  readonly taken: readonly string[];
  readonly unreadable: TypedList['unreadable'];
}

/** What is easily told apart when read aloud. */
const ID_ALPHABET = '23456789ACDEFGHJKMNPQRTUVWXY';
const SALT_BYTES = 16;

interface Person {
  readonly dni: string;
  readonly residentId: string;
  readonly groupId: string;
  /** People of that group. */
  readonly eligible: number;
}

/**
 * Reserves residents to a tablet: from this moment their right can be used there only, until the
 * tablet is synchronised or given up. Who is first with a right is decided by its primary key.
 */
export async function prepareTablet(
  db: RegistryDatabase,
  actor: Actor,
  input: PrepareInput,
): Promise<Result<PreparedTablet, PrepareRefusal>> {
  if (!mayHandleTablets(actor) || actor.kind !== 'staff') return refuse('not-allowed');
  const { dnis, unreadable } = readList(input.list);
  if (dnis.length === 0) return refuse('list-empty');
  if (dnis.length > MAX_RESIDENTS) return refuse('list-too-long');
  const people = await peopleOf(db, input, dnis);
  if (!people.ok) return people;

  // Outside the transaction: the hashes are slow on purpose.
  const salt = new Uint8Array(randomBytes(SALT_BYTES));
  const hashes = new Map(
    await Promise.all(
      people.value.map(
        async ({ dni }) => [dni, await listHash(salt, LIST_ITERATIONS, dni)] as const,
      ),
    ),
  );
  const id = `T-${Array.from({ length: 4 }, () => ID_ALPHABET.charAt(randomInt(ID_ALPHABET.length))).join('')}`;
  return inTransaction(db, async (tx) => {
    // First of all, in one order for all: whoever has a right locked must not wait for this.
    const room = await roomPerGroup(tx, input.roundId, people.value);
    const mine: Person[] = [];
    for (const person of people.value) {
      const { residentId, groupId } = person;
      const right = { roundId: input.roundId, residentId, groupId };
      if (await takeRight(tx, { ...right, channel: 'tablet', blindedHash: null }))
        mine.push(person);
    }
    if (mine.length === 0) return refuse('nobody-free');
    const needed = vouchersNeeded(mine.map(({ groupId }) => groupId));
    if ([...needed].some(([group, vouchers]) => vouchers > (room.get(group) ?? 0))) {
      return refuse('quota-reached');
    }
    await tx.insert(tablet).values({
      id,
      roundId: input.roundId,
      place: input.place,
      state: 'prepared',
      listSalt: Buffer.from(salt),
      createdBy: actor.id,
    });
    await tx.insert(tabletResident).values(
      shuffled(mine).map(({ dni, residentId, groupId }, listIndex) => ({
        tabletId: id,
        roundId: input.roundId,
        residentId,
        groupId,
        listIndex,
        listHash: Buffer.from(present(hashes.get(dni), 'list hash')),
        state: 'reserved' as const,
      })),
    );
    await recordAudit(tx, {
      actor: auditActor(actor),
      action: 'tablet.prepared',
      subject: `tablet:${id}`,
      details: { round: input.roundId, place: input.place, residents: mine.length },
    });
    const found = new Set(people.value.map(({ dni }) => dni));
    return ok({
      id,
      reserved: mine.length,
      notOnRoll: dnis.filter((dni) => !found.has(dni)),
      taken: people.value.filter((person) => !mine.includes(person)).map(({ dni }) => dni),
      unreadable,
    });
  });
}

/** What the issuer would still sign of every group, held until the transaction ends. */
async function roomPerGroup(
  tx: RegistryTransaction,
  round: string,
  people: readonly Person[],
): Promise<Map<string, number>> {
  const groups = new Map(people.map(({ groupId, eligible }) => [groupId, eligible]));
  const room = new Map<string, number>();
  for (const [group, eligible] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
    room.set(group, await roomAtIssuer(tx, { round, group, eligible }));
  }
  return room;
}

/** Those of the DNIs that are on the round's roll, with the group they vote in. */
async function peopleOf(
  db: RegistryDatabase,
  { roundId, dniKey }: PrepareInput,
  dnis: readonly string[],
): Promise<Result<Person[], PrepareRefusal>> {
  const [open] = await db
    .select({ manifestHash: round.manifestHash })
    .from(round)
    .where(and(eq(round.id, roundId), eq(round.state, 'open'), gt(round.closesAt, sql`now()`)));
  if (open?.manifestHash == null) return refuse('round-not-open');
  const { groups } = await frozenManifest(db, roundId, open.manifestHash);
  const byHash = new Map(dnis.map((dni) => [hashDni(dniKey, dni).toString('hex'), dni]));
  const rows = await db
    .select({
      residentId: resident.id,
      dniHash: resident.dniHash,
      districtCode: rollEntry.districtCode,
    })
    .from(rollEntry)
    .innerJoin(resident, eq(resident.id, rollEntry.residentId))
    .where(
      and(
        eq(rollEntry.roundId, roundId),
        inArray(
          resident.dniHash,
          [...byHash.keys()].map((hex) => Buffer.from(hex, 'hex')),
        ),
      ),
    );
  const people = rows.flatMap(({ residentId, dniHash, districtCode }) => {
    const group = groupOfDistrict(groups, districtCode);
    const dni = byHash.get(dniHash.toString('hex'));
    return group && dni ? [{ dni, residentId, groupId: group.id, eligible: group.eligible }] : [];
  });
  return people.length === 0 ? refuse('nobody-free') : ok(people);
}

/** Fisher–Yates with the system's generator: the list says nothing about who was typed first. */
function shuffled<T>(items: readonly T[]): T[] {
  const all = [...items];
  for (let i = all.length - 1; i > 0; i--) {
    const j = randomInt(i + 1);
    const [a, b] = [all[i], all[j]];
    if (a !== undefined && b !== undefined) [all[i], all[j]] = [b, a];
  }
  return all;
}
