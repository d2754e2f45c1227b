import { and, eq, isNull, sql } from 'drizzle-orm';
import type { RegistryDatabase } from '@/db/registry/client';
import { kiosk } from '@/db/registry/schema';
import { inTransaction, violates } from '@/db/transaction';
import { recordAudit } from '@/lib/audit/commands';
import { auditActor, type Actor } from '@/lib/auth/actor';
import { hashToken, newToken } from '@/lib/roll/secrets';
import { ok, refuse, type Result } from '@/lib/shared/result';
import { mayServeAtDesk } from '../policy';

/** Makes this browser a kiosk: its cookie holds the token, the database the token's hash. */
export async function setUpKiosk(
  db: RegistryDatabase,
  actor: Actor,
  input: { readonly name: string },
): Promise<Result<{ readonly id: string; readonly token: string }, 'not-allowed' | 'name-taken'>> {
  if (!mayServeAtDesk(actor)) return refuse('not-allowed');
  const token = newToken();
  try {
    return await inTransaction(db, async (tx) => {
      const [made] = await tx
        .insert(kiosk)
        .values({ name: input.name, tokenHash: hashToken(token), setUpBy: actor.id })
        .returning({ id: kiosk.id });
      if (made === undefined) throw new Error('no kiosk came back');
      await recordAudit(tx, {
        actor: auditActor(actor),
        action: 'desk.kiosk-set-up',
        subject: `kiosk:${made.id}`,
        details: { name: input.name },
      });
      return ok({ id: made.id, token });
    });
  } catch (error) {
    if (violates(error, 'kiosk_name_in_use_unique')) return refuse('name-taken');
    throw error;
  }
}

/** From now on its cookie opens nothing. Closing it again changes nothing. */
export async function closeKiosk(
  db: RegistryDatabase,
  actor: Actor,
  input: { readonly kioskId: string; readonly reason: string },
): Promise<Result<null, 'not-allowed'>> {
  if (!mayServeAtDesk(actor)) return refuse('not-allowed');
  return inTransaction(db, async (tx) => {
    const [closed] = await tx
      .update(kiosk)
      .set({ revokedAt: sql`now()` })
      .where(and(eq(kiosk.id, input.kioskId), isNull(kiosk.revokedAt)))
      .returning({ name: kiosk.name });
    if (closed !== undefined) {
      await recordAudit(tx, {
        actor: auditActor(actor),
        action: 'desk.kiosk-closed',
        subject: `kiosk:${input.kioskId}`,
        details: { name: closed.name, reason: input.reason },
      });
    }
    return ok(null);
  });
}
