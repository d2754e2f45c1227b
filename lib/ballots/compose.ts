import type { Manifest } from '@/lib/rounds/manifest';
import { fromBase64Url, toBase64Url, utf8 } from '@/lib/shared/bytes';
import { present } from '@/lib/shared/assert';
import { leafOf, writeBody, type BallotLine, type Choices } from './body';
import type { Credential } from './credential';
import { receiptCode } from './receipt';
import { canonicalChoices } from './rules';

/** A ballot ready to be sent, and to be sent again with the very same bytes after a lost answer. */
export interface SignedBallot {
  readonly line: BallotLine;
  /** Base64url. */
  readonly leaf: string;
  /** Receipt code, 13 characters. */
  readonly receipt: string;
  readonly seq: number;
}

export interface ComposeInput {
  readonly manifest: Manifest;
  readonly manifestHash: string;
  readonly credential: Credential;
  readonly choices: Choices;
  /** 1 for the first ballot; one more for each change. */
  readonly seq: number;
  /** Leaf of the ballot it replaces, null for the first. */
  readonly previous: string | null;
  /** 32 random bytes that stay on the phone. */
  readonly secret: Uint8Array;
}

/** Builds and signs a ballot with WebCrypto. */
export async function composeBallot(input: ComposeInput): Promise<SignedBallot> {
  const { manifest, credential } = input;
  const body = writeBody({
    v: 1,
    r: manifest.round,
    d: credential.group,
    m: input.manifestHash,
    k: credential.spki,
    x: credential.prefix,
    t: credential.token,
    n: input.seq,
    p: input.previous,
    s: toBase64Url(crypto.getRandomValues(new Uint8Array(16))),
    c: canonicalChoices(manifest, credential.group, input.choices),
  });
  const signature = await crypto.subtle.sign(
    { name: 'ECDSA', hash: 'SHA-256' },
    credential.privateKey,
    utf8(body),
  );
  const line: BallotLine = [body, toBase64Url(new Uint8Array(signature))];
  const leaf = await leafOf(line);
  const leafBytes = present(fromBase64Url(leaf), 'a leaf');
  return { line, leaf, receipt: await receiptCode(input.secret, leafBytes), seq: input.seq };
}
