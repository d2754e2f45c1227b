import 'server-only';
import { and, desc, eq, inArray, lt, sql } from 'drizzle-orm';
import type { Registry, RegistryDatabase, RegistryTransaction } from '@/db/registry/client';
import { monitorCheck, round } from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import { recordAudit } from '@/lib/audit/commands';
import { ok } from '@/lib/shared/result';
import {
  BOX_AWAY,
  eligibleIn,
  isBoxAway,
  isOnlyUnusual,
  issuedIn,
  NO_FIGURES,
  problemsIn,
  votersIn,
  type MonitorFigures,
  type MonitorProblem,
} from './monitor';

/** A day of minutes. */
const KEPT_CHECKS = 1440;

export interface WatchedRound {
  readonly id: string;
  readonly manifestHash: string;
}

/** Told, in the transaction that keeps it, of a finding that is not the one before. */
export type OnChange = (
  tx: RegistryTransaction,
  problems: readonly MonitorProblem[],
) => Promise<void>;

/** Rounds whose figures are watched. */
export async function watchedRounds(db: Registry): Promise<WatchedRound[]> {
  const rows = await db
    .select({ id: round.id, manifestHash: round.manifestHash })
    .from(round)
    .where(inArray(round.state, ['open', 'closing']))
    .orderBy(round.id);
  return rows.flatMap(({ id, manifestHash }) =>
    manifestHash === null ? [] : [{ id, manifestHash }],
  );
}

/**
 * Compares the figures with each other and with the minute before, and keeps the finding. An alarm
 * enters the audit when it begins, when it changes and when it ends; not every minute. `onChange`
 * belongs to the same transaction.
 */
export async function keepCheck(
  db: RegistryDatabase,
  roundId: string,
  figures: MonitorFigures,
  onChange?: OnChange,
): Promise<MonitorProblem[]> {
  const before = await newestCheck(db, roundId);
  const problems = problemsIn(figures, before?.figures ?? null);
  await keepFinding(db, roundId, { figures, problems, before: before?.problems ?? [] }, onChange);
  return problems;
}

/**
 * Keeps that the ballot box tells no figures, with those of the last look that it answered: what it
 * tells when it is back is compared with them.
 */
export async function keepBoxAway(
  db: RegistryDatabase,
  roundId: string,
  onChange?: OnChange,
): Promise<void> {
  const before = await newestCheck(db, roundId);
  const figures = before?.figures ?? NO_FIGURES;
  const finding = { figures, problems: BOX_AWAY, before: before?.problems ?? [] };
  await keepFinding(db, roundId, finding, onChange);
}

interface Finding {
  readonly figures: MonitorFigures;
  readonly problems: readonly MonitorProblem[];
  /** Of the look before. */
  readonly before: readonly MonitorProblem[];
}

async function keepFinding(
  db: RegistryDatabase,
  roundId: string,
  { figures, problems, before }: Finding,
  onChange: OnChange | undefined,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    await tx.insert(monitorCheck).values({
      roundId,
      checkedAt: sql`clock_timestamp()`,
      holds: problems.every(isOnlyUnusual),
      problems: [...problems],
      figures: { ...figures },
    });
    if (wordsOf(problems) !== wordsOf(before)) {
      await recordAudit(tx, {
        actor: 'worker',
        action: problems.length === 0 ? 'monitor.calm' : 'monitor.alarm',
        subject: `round:${roundId}`,
        details: { problems },
      });
      await onChange?.(tx, problems);
    }
    return ok(null);
  });
  await forgetOldChecks(db, roundId);
}

function wordsOf(problems: readonly MonitorProblem[]): string {
  return problems.map(({ kind, group = '' }) => `${kind} ${group}`).join('\n');
}

async function forgetOldChecks(db: RegistryDatabase, roundId: string): Promise<void> {
  const [oldest] = await db
    .select({ checkedAt: monitorCheck.checkedAt })
    .from(monitorCheck)
    .where(eq(monitorCheck.roundId, roundId))
    .orderBy(desc(monitorCheck.checkedAt))
    .offset(KEPT_CHECKS - 1)
    .limit(1);
  if (oldest === undefined) return;
  await db
    .delete(monitorCheck)
    .where(and(eq(monitorCheck.roundId, roundId), lt(monitorCheck.checkedAt, oldest.checkedAt)));
}

async function newestCheck(db: Registry, roundId: string) {
  const [row] = await db
    .select({
      checkedAt: monitorCheck.checkedAt,
      holds: monitorCheck.holds,
      problems: monitorCheck.problems,
      figures: monitorCheck.figures,
    })
    .from(monitorCheck)
    .where(eq(monitorCheck.roundId, roundId))
    .orderBy(desc(monitorCheck.checkedAt))
    .limit(1);
  if (row === undefined) return null;
  return {
    ...row,
    problems: row.problems as MonitorProblem[],
    figures: row.figures as unknown as MonitorFigures,
  };
}

/** What the administrator is told: everything that did not agree at the last look. */
export async function roundAlarm(
  db: Registry,
  roundId: string,
): Promise<{ readonly checkedAt: Date; readonly problems: readonly MonitorProblem[] } | null> {
  const last = await newestCheck(db, roundId);
  return last === null || last.problems.length === 0 ? null : last;
}

/** What everybody is told of the last look: whether it held, and totals that stand on k ballots. */
export interface RoundFigures {
  readonly checkedAt: Date;
  readonly holds: boolean;
  /** The ballot box told nothing: the totals are of the last look that it answered. */
  readonly isAway: boolean;
  /** Null while fewer than k have voted. */
  readonly totals: {
    readonly voters: number;
    readonly issued: number;
    readonly eligible: number;
  } | null;
}

export async function publicFigures(
  db: Registry,
  of: { readonly id: string; readonly minGroup: number },
): Promise<RoundFigures | null> {
  const last = await newestCheck(db, of.id);
  if (last === null) return null;
  const { checkedAt, holds, figures, problems } = last;
  const voters = votersIn(figures);
  return {
    checkedAt,
    holds,
    isAway: isBoxAway(problems),
    totals:
      voters < of.minGroup
        ? null
        : { voters, issued: issuedIn(figures), eligible: eligibleIn(figures) },
  };
}
