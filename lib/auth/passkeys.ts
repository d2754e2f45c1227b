import 'server-only';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { and, asc, eq, isNull, lt, sql } from 'drizzle-orm';
import type { Registry, RegistryDatabase } from '@/db/registry/client';
import { passkey, passkeyChallenge, staff } from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import { recordAudit } from '@/lib/audit/commands';
import { webEnv } from '@/lib/env';
import { utf8 } from '@/lib/shared/bytes';
import { ok, refuse, type Result } from '@/lib/shared/result';
import type { AssertionResponse, AttestationResponse } from './input';
import { enrolmentHolder, redeemEnrolment } from './tickets';

/**
 * Staff sign in with passkeys and with nothing else (threat T33): no password to guess, no message
 * to intercept, nothing that works on another site. WebAuthn level 3 by @simplewebauthn.
 */

const CHALLENGE_MINUTES = 5;

type ChallengePurpose = 'sign-in' | 'enrol' | 'step-up';

function site(): { readonly rpID: string; readonly origin: string } {
  const url = new URL(webEnv().MINKA_SITE_URL);
  return { rpID: url.hostname, origin: url.origin };
}

async function keepChallenge(
  db: Registry,
  challenge: string,
  purpose: ChallengePurpose,
): Promise<void> {
  await db.delete(passkeyChallenge).where(lt(passkeyChallenge.expiresAt, sql`now()`));
  await db.insert(passkeyChallenge).values({
    challenge,
    purpose,
    expiresAt: sql`now() + make_interval(mins => ${CHALLENGE_MINUTES})`,
  });
}

/** Takes a challenge out: whoever comes second, or late, or with another purpose, finds none. */
function takeChallenge(db: Registry, purpose: ChallengePurpose) {
  return async (challenge: string): Promise<boolean> => {
    const taken = await db
      .delete(passkeyChallenge)
      .where(
        and(
          eq(passkeyChallenge.challenge, challenge),
          eq(passkeyChallenge.purpose, purpose),
          sql`${passkeyChallenge.expiresAt} > now()`,
        ),
      )
      .returning({ challenge: passkeyChallenge.challenge });
    return taken.length === 1;
  };
}

/** What the browser needs to ask for any passkey of this site; it names nobody. */
export async function signInOptions(db: Registry) {
  const options = await generateAuthenticationOptions({
    rpID: site().rpID,
    userVerification: 'required',
  });
  await keepChallenge(db, options.challenge, 'sign-in');
  return options;
}

/** What the browser needs to ask one person for one of her own passkeys again. */
export async function stepUpOptions(db: Registry, staffId: string) {
  const known = await passkeysOf(db, staffId);
  const options = await generateAuthenticationOptions({
    rpID: site().rpID,
    userVerification: 'required',
    allowCredentials: known.map(({ id }) => ({ id })),
  });
  await keepChallenge(db, options.challenge, 'step-up');
  return options;
}

/** The person whose passkey answered, or null: which part was wrong is nobody's business. */
export async function verifyPasskey(
  db: RegistryDatabase,
  response: AssertionResponse,
  purpose: 'sign-in' | 'step-up',
): Promise<string | null> {
  const [held] = await db
    .select({
      id: passkey.id,
      staffId: passkey.staffId,
      publicKey: passkey.publicKey,
      counter: passkey.counter,
    })
    .from(passkey)
    .innerJoin(staff, eq(staff.id, passkey.staffId))
    .where(and(eq(passkey.id, response.id), isNull(passkey.removedAt), isNull(staff.disabledAt)));
  if (held === undefined) return null;
  const { rpID, origin } = site();
  const verification = await verifyAuthenticationResponse({
    response,
    expectedChallenge: takeChallenge(db, purpose),
    expectedOrigin: origin,
    expectedRPID: rpID,
    credential: {
      id: held.id,
      publicKey: new Uint8Array(held.publicKey),
      counter: held.counter,
    },
  }).catch(() => null);
  if (verification?.verified !== true) return null;
  await db
    .update(passkey)
    .set({ counter: verification.authenticationInfo.newCounter, lastUsedAt: sql`now()` })
    .where(eq(passkey.id, held.id));
  return held.staffId;
}

/** What the browser needs to make a passkey for the holder of this link; null for a dead link. */
export async function enrolmentOptions(db: Registry, ticket: string) {
  const holder = await enrolmentHolder(db, ticket);
  if (holder === null) return null;
  const known = await passkeysOf(db, holder.id);
  const options = await generateRegistrationOptions({
    rpName: 'Minka',
    rpID: site().rpID,
    userID: utf8(holder.id),
    userName: holder.email,
    userDisplayName: holder.displayName,
    attestationType: 'none',
    excludeCredentials: known.map(({ id }) => ({ id })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  await keepChallenge(db, options.challenge, 'enrol');
  return options;
}

/** Registers the passkey that was made, and uses the link up with it. */
export async function enrolPasskey(
  db: RegistryDatabase,
  input: { readonly ticket: string; readonly name: string; readonly response: AttestationResponse },
): Promise<Result<string, 'link-spent' | 'not-verified'>> {
  const { rpID, origin } = site();
  const verification = await verifyRegistrationResponse({
    response: input.response,
    expectedChallenge: takeChallenge(db, 'enrol'),
    expectedOrigin: origin,
    expectedRPID: rpID,
  }).catch(() => null);
  if (verification?.verified !== true) return refuse('not-verified');
  const { credential } = verification.registrationInfo;
  return inTransaction(db, async (tx) => {
    const staffId = await redeemEnrolment(tx, input.ticket);
    if (staffId === null) return refuse('link-spent');
    await tx.insert(passkey).values({
      id: credential.id,
      staffId,
      publicKey: Buffer.from(credential.publicKey),
      counter: credential.counter,
      transports: credential.transports ?? [],
      name: input.name,
    });
    await recordAudit(tx, {
      actor: `staff:${staffId}`,
      action: 'staff.passkey-added',
      subject: `staff:${staffId}`,
      details: { name: input.name },
    });
    return ok(staffId);
  });
}

export interface PasskeyLine {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

/** The passkeys in use of a person: a handful at most. */
export async function passkeysOf(db: Registry, staffId: string): Promise<PasskeyLine[]> {
  return db
    .select({
      id: passkey.id,
      name: passkey.name,
      createdAt: passkey.createdAt,
      lastUsedAt: passkey.lastUsedAt,
    })
    .from(passkey)
    .where(and(eq(passkey.staffId, staffId), isNull(passkey.removedAt)))
    .orderBy(asc(passkey.createdAt));
}
