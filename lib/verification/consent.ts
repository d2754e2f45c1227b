import type { RegistryDatabase } from '@/db/registry/client';
import { personBySession } from '@/lib/lists/person';
import { recordConsent } from '@/lib/privacy/commands/consent';
import type { VerificationAdapter } from './types';

/**
 * The same way to be verified, which also keeps that the person went on after the words beside it.
 * It is kept before anybody has the session: who is verified has accepted, whichever way she came.
 */
export function withConsent<Start extends string, Check extends string>(
  db: RegistryDatabase,
  adapter: VerificationAdapter<Start, Check>,
): VerificationAdapter<Start, Check> {
  return {
    ...adapter,
    async check(attemptToken, secret) {
      const checked = await adapter.check(attemptToken, secret);
      if (!checked.ok) return checked;
      const person = await personBySession(db, checked.value.sessionToken);
      if (person !== null) {
        await recordConsent(db, { residentId: person.residentId, kind: 'verification' });
      }
      return checked;
    },
  };
}
