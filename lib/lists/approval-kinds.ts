import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Registry } from '@/db/registry/client';
import { district, rollChallenge, rollInclusion, round } from '@/db/registry/schema';
import { defineKind, type ApprovalValues } from '@/lib/approvals/kind';
import { rollKeys } from '@/lib/roll/keys';
import { present } from '@/lib/shared/assert';
import { applyChallenge, applyInclusion } from './commands/apply';
import type { MatterKind } from './types';

/** What of the lists takes two people: taking somebody off, and putting somebody on. */

const TABLES = { challenge: rollChallenge, inclusion: rollInclusion } as const;

async function words(db: Registry, what: MatterKind, id: string): Promise<ApprovalValues> {
  const table = TABLES[what];
  const [of] = await db
    .select({
      number: table.number,
      round: round.nameEs,
      roundEn: round.nameEn,
      place: district.name,
    })
    .from(table)
    .innerJoin(round, eq(round.id, table.roundId))
    .innerJoin(district, eq(district.code, table.districtCode))
    .where(eq(table.id, id));
  return { ...present(of, `${what} ${id}`), href: `/admin/challenges/${what}/${id}` };
}

const common = {
  payload: z.strictObject({}),
  mayAsk: 'decide-lists',
  mayDecide: 'approve-lists',
  days: 7,
} as const;

export const listKinds = [
  defineKind({
    ...common,
    kind: 'list.challenge',
    auditSubject: (id) => `challenge:${id}`,
    describe: (db, { subject }) => words(db, 'challenge', subject),
    run: (tx, { subject, decidedBy }) => applyChallenge(tx, decidedBy, subject),
  }),
  defineKind({
    ...common,
    kind: 'list.inclusion',
    auditSubject: (id) => `inclusion:${id}`,
    describe: (db, { subject }) => words(db, 'inclusion', subject),
    run: (tx, { subject, requestedBy, decidedBy }) =>
      applyInclusion(tx, rollKeys(), decidedBy, { id: subject, requestedBy }),
  }),
];
