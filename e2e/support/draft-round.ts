import { and, inArray, sql } from 'drizzle-orm';
import { closeRegistry, registry } from '@/db/registry/client';
import { cycle, envelope, proposal, proposalObjective } from '@/db/registry/schema';
import type { VerificationChannel } from '@/lib/verification/types';
import { draftRound } from '@/lib/rounds/commands/draft-round';

/**
 * Run by the tests in a process of its own (see rounds.ts): drafts a round through the command that
 * the administrator's form uses, in a cycle of its own when the tests ask for one.
 */
interface Wish {
  readonly id: string;
  /** Null: a new cycle that only this test needs, in a year of its own. */
  readonly cycleId: string | null;
  /** Whose envelopes and proposals the new cycle gets a copy of. */
  readonly copiedFrom: string;
  readonly screenCode: string;
  readonly allocates: readonly string[];
  readonly ranksPlan: boolean;
  readonly minGroup: number;
  /** From now; negative: it could be opened at once. */
  readonly opensInHours: number;
  readonly channels: readonly VerificationChannel[] | null;
}

const FIRST_TEST_YEAR = 2040;
const HOUR_MS = 60 * 60 * 1000;

async function main(wish: Wish): Promise<void> {
  const db = registry();
  const cycleId = wish.cycleId ?? (await newCycle());
  if (wish.cycleId === null) await copyFunds(wish, cycleId);
  const now = Date.now();
  const drafted = await draftRound(
    db,
    { kind: 'operator' },
    {
      id: wish.id,
      cycleId,
      screenCode: wish.screenCode,
      nameEs: `Votación de prueba ${wish.screenCode}`,
      nameEn: `Test vote ${wish.screenCode}`,
      opensAt: new Date(now + wish.opensInHours * HOUR_MS),
      closesAt: new Date(now + 6 * HOUR_MS),
      livePolicy: 'at-close',
      minGroup: wish.minGroup,
      ranksPlan: wish.ranksPlan,
      ...(wish.channels === null ? {} : { channels: [...wish.channels] }),
      allocates: wish.allocates.map((key) => ({
        envelopeId: `${cycleId}-${key}`,
        rule: 'equal-shares',
      })),
    },
  );
  process.stdout.write(JSON.stringify({ ...drafted, cycleId }));
  if (!drafted.ok) process.exitCode = 1;
  await closeRegistry();
}

/** Every second year, because publishing a round opens the cycle after it; one test at a time. */
async function newCycle(): Promise<string> {
  return registry().transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(2040)`);
    const years = (await tx.select({ year: cycle.fiscalYear }).from(cycle)).map(({ year }) => year);
    const fiscalYear = Math.max(FIRST_TEST_YEAR, ...years.map((year) => year + 2));
    const id = `pp${String(fiscalYear)}`;
    const name = `Proceso de prueba ${String(fiscalYear)}`;
    await tx.insert(cycle).values({
      id,
      fiscalYear,
      nameEs: name,
      nameEn: name,
      ceilingCents: 1_000_000_00,
      voteEffect: 'criterio',
      calendar: [],
      state: 'draft',
      isDemo: 1,
    });
    return id;
  });
}

/** One fund is voted in one round at a time: a test that votes money has money of its own. */
async function copyFunds({ copiedFrom, allocates }: Wish, cycleId: string): Promise<void> {
  const db = registry();
  const ids = allocates.map((key) => `${copiedFrom}-${key}`);
  if (ids.length === 0) return;
  const here = (id: string) => id.replace(copiedFrom, cycleId);
  const funds = await db.select().from(envelope).where(inArray(envelope.id, ids));
  await db.insert(envelope).values(funds.map((fund) => ({ ...fund, id: here(fund.id), cycleId })));
  const proposals = await db
    .select()
    .from(proposal)
    .where(
      and(
        inArray(proposal.envelopeId, ids),
        inArray(proposal.state, ['eligible', 'funded', 'not-funded']),
      ),
    );
  const codes = proposals.map(({ code }) => code);
  const objectives = await db
    .select()
    .from(proposalObjective)
    .where(inArray(proposalObjective.proposalCode, codes));
  const year = cycleId.slice(2);
  const copyOf = (code: string) => code.replace(/^\d+/, year);
  await db.insert(proposal).values(
    proposals.map((one) => ({
      ...one,
      // Whatever the loop has decided of the original.
      state: 'eligible' as const,
      code: copyOf(one.code),
      cycleId,
      envelopeId: here(one.envelopeId),
    })),
  );
  await db
    .insert(proposalObjective)
    .values(objectives.map((one) => ({ ...one, proposalCode: copyOf(one.proposalCode) })));
}

await main(JSON.parse(process.argv[2] ?? '{}') as Wish);
