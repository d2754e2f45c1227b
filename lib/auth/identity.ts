import 'server-only';
import { and, eq, isNull, lt, sql } from 'drizzle-orm';
import type { RegistryDatabase } from '@/db/registry/client';
import { identityAttempt, staff } from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import { recordAudit } from '@/lib/audit/commands';
import {
  authorizationUrl,
  claimsAt,
  type OpenIdClaims,
  type OpenIdProblem,
  type OpenIdProvider,
} from '@/lib/shared/openid';
import { ok, refuse, type Result } from '@/lib/shared/result';
import { retireEnrolments } from './tickets';
import { newToken, tokenHash } from './tokens';

/**
 * Staff who come in with the account of their municipality. It tells who somebody is and no more: the
 * person was invited here before, and dangerous acts still ask for a passkey. Nobody enrols herself.
 */

export interface StaffIdentity {
  readonly provider: OpenIdProvider;
  /** Ours; registered with the provider. */
  readonly redirectUri: URL;
}

const ATTEMPT_MINUTES = 10;
const SCOPE = 'openid email';

/** Begins a way in: where to send the browser, and what its cookie remembers. */
export async function beginIdentity(
  db: RegistryDatabase,
  { provider, redirectUri }: StaffIdentity,
): Promise<Result<{ readonly goTo: URL; readonly state: string }, 'away'>> {
  const secrets = { state: newToken(), nonce: newToken(), verifier: newToken() };
  const goTo = await authorizationUrl(provider, secrets, { redirectUri, scope: SCOPE });
  if (goTo === null) return refuse('away');
  await db.delete(identityAttempt).where(lt(identityAttempt.expiresAt, sql`now()`));
  await db.insert(identityAttempt).values({
    stateHash: tokenHash(secrets.state),
    nonce: secrets.nonce,
    codeVerifier: secrets.verifier,
    expiresAt: sql`now() + make_interval(mins => ${ATTEMPT_MINUTES})`,
  });
  return ok({ goTo, state: secrets.state });
}

/**
 * Ends it: the member of staff behind the provider's answer.
 * @param state what the browser's own cookie remembers; an answer begun elsewhere is not heard
 * @param address the whole address the provider sent the browser back to
 */
export async function finishIdentity(
  db: RegistryDatabase,
  { provider }: StaffIdentity,
  state: string,
  address: URL,
): Promise<Result<string, OpenIdProblem | 'not-staff'>> {
  const [begun] = await db
    .delete(identityAttempt)
    .where(
      and(
        eq(identityAttempt.stateHash, tokenHash(state)),
        sql`${identityAttempt.expiresAt} > now()`,
      ),
    )
    .returning({ nonce: identityAttempt.nonce, verifier: identityAttempt.codeVerifier });
  if (begun === undefined) return refuse('again');
  const claims = await claimsAt(provider, { state, ...begun }, address, 'email');
  return claims.ok ? staffOf(db, claims.value) : claims;
}

/**
 * Known by issuer and subject; the first time, by an e-mail address that the provider has verified
 * and that somebody was invited with. An address that changes hands later opens nothing.
 */
async function staffOf(
  db: RegistryDatabase,
  claims: OpenIdClaims,
): Promise<Result<string, 'not-staff'>> {
  const identity = `${claims.iss} ${claims.sub}`;
  const [known] = await db
    .select({ id: staff.id })
    .from(staff)
    .where(and(eq(staff.identity, identity), isNull(staff.disabledAt)));
  if (known !== undefined) return ok(known.id);
  const { email } = claims;
  if (typeof email !== 'string' || claims['email_verified'] !== true) return refuse('not-staff');
  return inTransaction(db, async (tx) => {
    const [linked] = await tx
      .update(staff)
      .set({ identity })
      .where(
        and(
          sql`lower(${staff.email}) = lower(${email})`,
          isNull(staff.identity),
          isNull(staff.disabledAt),
          sql`not exists (select 1 from ${staff} as other where other.identity = ${identity})`,
        ),
      )
      .returning({ id: staff.id });
    if (linked === undefined) return refuse('not-staff');
    // She is here: from now on a link to her account takes two people, also one made before.
    await retireEnrolments(tx, linked.id);
    await recordAudit(tx, {
      actor: `staff:${linked.id}`,
      action: 'staff.identity-linked',
      subject: `staff:${linked.id}`,
      details: { issuer: claims.iss },
    });
    return ok(linked.id);
  });
}
