import { and, eq } from 'drizzle-orm';
import type { RegistryDatabase } from '@/db/registry/client';
import { consentAcceptance, consentText } from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import { present } from '@/lib/shared/assert';
import { ok } from '@/lib/shared/result';
import { consentHash, currentConsent } from '../consents';
import type { ConsentKind } from '../types';

/**
 * Keeps that this resident went on after reading the words of today; once per version. Words that
 * were shown before under the same number and read differently are a bug, and stop here.
 */
export async function recordConsent(
  db: RegistryDatabase,
  { residentId, kind }: { readonly residentId: string; readonly kind: ConsentKind },
): Promise<void> {
  const consent = currentConsent(kind);
  const hash = consentHash(consent);
  const { version } = consent;
  await inTransaction(db, async (tx) => {
    await tx
      .insert(consentText)
      .values({ kind, version, hash, textEs: consent.es, textEn: consent.en })
      .onConflictDoNothing();
    const [shown] = await tx
      .select({ hash: consentText.hash })
      .from(consentText)
      .where(and(eq(consentText.kind, kind), eq(consentText.version, version)));
    if (!present(shown, 'the text of a consent').hash.equals(hash)) {
      throw new Error(`Version ${version} of the consent ${kind} was shown with other words`);
    }
    await tx.insert(consentAcceptance).values({ residentId, kind, version }).onConflictDoNothing();
    return ok(null);
  });
}
