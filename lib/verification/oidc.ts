import { createHmac, randomBytes } from 'node:crypto';
import { and, eq, gt, lt, notInArray, sql } from 'drizzle-orm';
import type { RegistryDatabase } from '@/db/registry/client';
import { resident, rollEntry, round, voterIdentityAttempt } from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import { openVoterSession } from '@/lib/roll/commands';
import { normaliseDni } from '@/lib/roll/rules';
import { hashDni, hashToken, sameHash } from '@/lib/roll/secrets';
import type { RollKeys, Verified } from '@/lib/roll/types';
import { authorizationUrl, claimsAt, type OpenIdProvider } from '@/lib/shared/openid';
import { ok, refuse, type Result } from '@/lib/shared/result';
import type { IdentityProblem, VerificationAdapter, VerificationWish } from './types';

export interface IdentityProvider extends OpenIdProvider {
  readonly scope: string;
  /** Which claim holds the eight digits. */
  readonly dniClaim: string;
  /** Ours; registered with the provider. */
  readonly redirectUri: URL;
}

/** How long somebody may take at the provider. */
const VISIT_MINUTES = 15;

/**
 * An OpenID Connect provider that knows who somebody is: authorization code with PKCE, state and
 * nonce. All three are derived from a token in the browser's cookie, so that going there writes
 * nothing; coming back writes the token down, once.
 */
export function identityProvider(
  db: RegistryDatabase,
  keys: RollKeys,
  /** Signs the token of a visit and derives its secrets. */
  secret: string,
  provider: IdentityProvider,
): VerificationAdapter<'round-not-open' | 'away', IdentityProblem> {
  return {
    channel: 'oidc',
    async start(wish) {
      if (!(await takesVisits(db, wish))) return refuse('round-not-open');
      const attemptToken = newVisit(secret, wish);
      const goTo = await authorizationUrl(provider, derived(secret, attemptToken), provider);
      if (goTo === null) return refuse('away');
      return ok({ attemptToken, goTo, messageId: null });
    },
    /** `address`: the whole address the provider sent the browser back to. */
    async check(attemptToken, address) {
      const visit = visitOf(secret, attemptToken);
      if (visit === null || !(await finishVisit(db, attemptToken, visit))) return refuse('again');
      const { dniClaim } = provider;
      const secrets = derived(secret, attemptToken);
      const claims = await claimsAt(provider, secrets, new URL(address), dniClaim);
      if (!claims.ok) return claims;
      const claim = claims.value[dniClaim];
      const said = typeof claim === 'string' || typeof claim === 'number' ? String(claim) : '';
      // What is no DNI is looked up all the same: nobody can tell it from one that may not vote.
      const dniHash = hashDni(keys.dniKey, normaliseDni(said) ?? '');
      return admit(db, { ...visit, dniHash });
    },
  };
}

interface Visit {
  readonly roundId: string;
  readonly purpose: VerificationWish['purpose'];
  readonly expiresAt: Date;
}

function newVisit(secret: string, { roundId, purpose }: VerificationWish): string {
  const expires = Date.now() + VISIT_MINUTES * 60 * 1000;
  const words = [randomBytes(32).toString('base64url'), expires, purpose, roundId].join('.');
  return `${words}.${mac(secret, 'visit', words).toString('base64url')}`;
}

/** The visit a cookie speaks of, or null when we did not write it. Its end is the database's to tell. */
export function visitOf(secret: string, token: string): Visit | null {
  const at = token.lastIndexOf('.');
  const words = token.slice(0, Math.max(0, at));
  if (!sameHash(Buffer.from(token.slice(at + 1), 'base64url'), mac(secret, 'visit', words))) {
    return null;
  }
  const [, expires = '', purpose = '', roundId = ''] = words.split('.');
  if (purpose !== 'vote' && purpose !== 'right') return null;
  return { roundId, purpose, expiresAt: new Date(Number(expires)) };
}

function mac(secret: string, what: string, token: string): Buffer {
  return createHmac('sha256', secret).update(`minka/identity/v1|${what}|${token}`).digest();
}

function derived(secret: string, token: string) {
  const of = (what: string) => mac(secret, what, token).toString('base64url');
  return { state: of('state'), nonce: of('nonce'), verifier: of('verifier') };
}

/** A visit is over once somebody came back with it; the primary key decides who was first. */
async function finishVisit(db: RegistryDatabase, token: string, visit: Visit): Promise<boolean> {
  const used = await db.execute(
    sql`insert into ${voterIdentityAttempt} (token_hash, round_id, purpose, expires_at, used_at)
      select ${hashToken(token)}, ${visit.roundId}, ${visit.purpose}, ${visit.expiresAt.toISOString()}::timestamptz, now()
      where ${visit.expiresAt.toISOString()}::timestamptz > now()
      on conflict do nothing returning round_id`,
  );
  return used.length === 1;
}

/** Voting ends with the round; whether one's right was used may be asked ever after. */
function admits(purpose: VerificationWish['purpose']) {
  return and(
    sql`'oidc' = any(${round.channels})`,
    purpose === 'right'
      ? notInArray(round.state, ['draft', 'opening'])
      : and(eq(round.state, 'open'), gt(round.closesAt, sql`now()`)),
  );
}

async function takesVisits(db: RegistryDatabase, wish: VerificationWish): Promise<boolean> {
  if (wish.purpose === 'person') return false;
  const [open] = await db
    .select({ id: round.id })
    .from(round)
    .where(and(eq(round.id, wish.roundId), admits(wish.purpose)));
  return open !== undefined;
}

async function admit(
  db: RegistryDatabase,
  of: Pick<Visit, 'roundId' | 'purpose'> & { readonly dniHash: Buffer },
): Promise<Result<Verified, 'not-recognised'>> {
  return inTransaction(db, async (tx) => {
    const [found] = await tx
      .select({ residentId: rollEntry.residentId })
      .from(round)
      .innerJoin(rollEntry, eq(rollEntry.roundId, round.id))
      .innerJoin(resident, eq(resident.id, rollEntry.residentId))
      .where(and(eq(round.id, of.roundId), eq(resident.dniHash, of.dniHash), admits(of.purpose)));
    if (found === undefined) return refuse('not-recognised');
    return ok(await openVoterSession(tx, { roundId: of.roundId, residentId: found.residentId }));
  });
}

/** Visits that are over are of no use any more. Run by the worker. */
export async function forgetOldVisits(db: RegistryDatabase): Promise<void> {
  await db.delete(voterIdentityAttempt).where(lt(voterIdentityAttempt.expiresAt, sql`now()`));
}
