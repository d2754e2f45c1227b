import { voterSession } from '@/db/registry/schema';
import type { RegistryDatabase } from '@/db/registry/client';
import { issueCredential } from '@/lib/credentials/commands';
import { socketSigner } from '@/lib/credentials/socket-signer';
import { hashToken, newToken } from '@/lib/roll/secrets';
import { fromBase64Url, toBase64Url } from '@/lib/shared/bytes';

/** What came of asking for a blind signature; `again` when nobody can say. */
export type Issued =
  | { readonly is: 'signature'; readonly signature: string; readonly group: string }
  | { readonly is: 'again' }
  | { readonly is: 'refused'; readonly reason: string };

/** Asks for the signature of a verified resident; may be repeated with the same blinded value. */
export type Issue = (residentId: string, blinded: string) => Promise<Issued>;

const AGAIN: Issued = { is: 'again' };
const UNDECIDED = ['unavailable', 'not-verified'];

/** The command that the web's handler calls, with the issuer behind its socket. */
export function issueDirectly(db: RegistryDatabase, roundId: string, socket: string): Issue {
  const signer = socketSigner(socket);
  return async (residentId, blinded) => {
    const bytes = fromBase64Url(blinded) ?? new Uint8Array();
    try {
      const issued = await issueCredential(db, signer, { roundId, residentId, blinded: bytes });
      if (!issued.ok) return refusal(issued.reason);
      const { signature, groupId } = issued.value;
      return { is: 'signature', signature: toBase64Url(signature), group: groupId };
    } catch {
      return AGAIN;
    }
  };
}

/** Through the site, with the session that the identity check would have given. */
export function issueThroughWeb(db: RegistryDatabase, roundId: string, siteUrl: string): Issue {
  const tokens = new Map<string, string>();
  return async (residentId, blinded) => {
    try {
      let token = tokens.get(residentId);
      if (token === undefined) {
        token = newToken();
        const expiresAt = new Date(Date.now() + 3_600_000);
        await db.insert(voterSession).values({
          tokenHash: hashToken(token),
          roundId,
          residentId,
          channel: 'phone',
          expiresAt,
        });
        tokens.set(residentId, token);
      }
      const response = await fetch(`${siteUrl}/api/credential`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          origin: new URL(siteUrl).origin,
          cookie: `minka-voter=${token}`,
        },
        body: JSON.stringify({ round: roundId, blinded }),
        signal: AbortSignal.timeout(15_000),
      });
      const body = (await response.json()) as Partial<
        Record<'signature' | 'group' | 'reason', string>
      >;
      if (response.ok && body.signature !== undefined && body.group !== undefined) {
        return { is: 'signature', signature: body.signature, group: body.group };
      }
      return response.status >= 500 ? AGAIN : refusal(body.reason ?? `HTTP ${response.status}`);
    } catch {
      return AGAIN;
    }
  };
}

function refusal(reason: string): Issued {
  return UNDECIDED.includes(reason) ? AGAIN : { is: 'refused', reason };
}
