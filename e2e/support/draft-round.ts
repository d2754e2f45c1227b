import { closeRegistry, registry } from '@/db/registry/client';
import { cycle } from '@/db/registry/schema';
import { draftRound } from '@/lib/rounds/commands/draft-round';

/**
 * Run by the tests in a process of its own (see rounds.ts): drafts a round through the command that
 * the administrator's form uses, in a cycle of its own when the tests ask for one.
 */
interface Wish {
  readonly id: string;
  /** Null: a new cycle that only this test needs, in a year of its own. */
  readonly cycleId: string | null;
  readonly screenCode: string;
  readonly allocates: readonly string[];
  readonly minGroup: number;
}

const FIRST_TEST_YEAR = 2040;
const HOUR_MS = 60 * 60 * 1000;

async function main(wish: Wish): Promise<void> {
  const db = registry();
  const cycleId = wish.cycleId ?? (await newCycle());
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
      opensAt: new Date(now - HOUR_MS),
      closesAt: new Date(now + 6 * HOUR_MS),
      livePolicy: 'at-close',
      minGroup: wish.minGroup,
      ranksPlan: true,
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

/** Every second year, because publishing a round opens the cycle after it. */
async function newCycle(): Promise<string> {
  const db = registry();
  const years = (await db.select({ year: cycle.fiscalYear }).from(cycle)).map(({ year }) => year);
  const fiscalYear = Math.max(FIRST_TEST_YEAR, ...years.map((year) => year + 2));
  const id = `pp${String(fiscalYear)}`;
  const name = `Proceso de prueba ${String(fiscalYear)}`;
  await db.insert(cycle).values({
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
}

await main(JSON.parse(process.argv[2] ?? '{}') as Wish);
