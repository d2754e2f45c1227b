import { and, eq } from 'drizzle-orm';
import type { Registry } from '@/db/registry/client';
import { proposal, proposalMilestone } from '@/db/registry/schema';
import { limaDate, type SeedCycle } from '../cycles';
import { followUp } from '../follow-up';

/** What became of the proposals that the count funded, whichever they are. */
export async function writeFollowUp(db: Registry, seed: SeedCycle, now: Date): Promise<void> {
  const funded = await db
    .select({ code: proposal.code, costCents: proposal.costCents })
    .from(proposal)
    .where(and(eq(proposal.cycleId, seed.id), eq(proposal.state, 'funded')));
  const formalisedOn = seed.calendar.find(({ phase }) => phase === '4')?.to ?? seed.ordinanceDate;
  const rows = funded.flatMap(({ code, costCents }) => {
    const number = Number(code.slice(code.indexOf('-') + 1));
    return followUp({ number, costCents }, seed.fiscalYear, formalisedOn, limaDate(now)).map(
      ({ stage, happenedOn, spentCents, note }, index) => ({
        proposalCode: code,
        position: index + 1,
        stage,
        happenedOn,
        spentCents,
        noteEs: note.es,
        noteEn: note.en,
      }),
    );
  });
  if (rows.length > 0) await db.insert(proposalMilestone).values(rows).onConflictDoNothing();
}
