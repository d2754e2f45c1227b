import { closeRegistry, registry } from '@/db/registry/client';
import { cycle } from '@/db/registry/schema';
import { draftRound } from '@/lib/rounds/commands/draft-round';

/**
 * Run by the tests in a process of its own (see rounds.ts): drafts a round through the command that
 * the administrator's form uses, in a cycle of its own when the tests ask for one.
 */
interface Wish {
  readonly id: string;
  readonly cycleId: string;
  readonly screenCode: string;
  /** Of a cycle that only this test needs. */
  readonly newFiscalYear?: number;
  readonly allocates: readonly string[];
  readonly minGroup: number;
}

const HOUR_MS = 60 * 60 * 1000;

async function main(wish: Wish): Promise<void> {
  const db = registry();
  if (wish.newFiscalYear !== undefined) {
    const name = `Proceso de prueba ${String(wish.newFiscalYear)}`;
    await db
      .insert(cycle)
      .values({
        id: wish.cycleId,
        fiscalYear: wish.newFiscalYear,
        nameEs: name,
        nameEn: name,
        ceilingCents: 1_000_000_00,
        voteEffect: 'criterio',
        calendar: [],
        state: 'draft',
        isDemo: 1,
      })
      .onConflictDoNothing();
  }
  const now = Date.now();
  const drafted = await draftRound(
    db,
    { kind: 'operator' },
    {
      id: wish.id,
      cycleId: wish.cycleId,
      screenCode: wish.screenCode,
      nameEs: `Votación de prueba ${wish.screenCode}`,
      nameEn: `Test vote ${wish.screenCode}`,
      opensAt: new Date(now - HOUR_MS),
      closesAt: new Date(now + 6 * HOUR_MS),
      livePolicy: 'at-close',
      minGroup: wish.minGroup,
      ranksPlan: true,
      allocates: wish.allocates.map((envelopeId) => ({ envelopeId, rule: 'equal-shares' })),
    },
  );
  process.stdout.write(JSON.stringify(drafted));
  if (!drafted.ok) process.exitCode = 1;
  await closeRegistry();
}

await main(JSON.parse(process.argv[2] ?? '{}') as Wish);
