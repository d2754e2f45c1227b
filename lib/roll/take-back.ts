import type { RegistryDatabase } from '@/db/registry/client';
import { withdraw } from '@/lib/approvals/commands';
import type { Actor } from '@/lib/auth/actor';
import { refuse, type Result } from '@/lib/shared/result';
import { openRequest, type ProposalKind } from './proposal-queries';
import { settleProposals } from './retention';

/**
 * Whoever asked for a change of the roll thinks better of it, an officer too: only the administration
 * has the page on which everything waits. What hung on the request is settled at once.
 */
export async function takeBackProposal(
  db: RegistryDatabase,
  actor: Actor,
  of: { readonly kind: ProposalKind; readonly subject: string },
): Promise<Result<null, 'not-allowed' | 'not-found'>> {
  const open = await openRequest(db, of.kind, of.subject);
  if (open === null) return refuse('not-found');
  const withdrawn = await withdraw(db, actor, open.id);
  if (withdrawn.ok) await settleProposals(db);
  return withdrawn;
}
