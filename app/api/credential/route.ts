import { cookies } from 'next/headers';
import { registry } from '@/db/registry/client';
import { isSameOrigin } from '@/lib/auth/origin';
import { issueCredential } from '@/lib/credentials/commands';
import { credentialInput } from '@/lib/credentials/input';
import { socketSigner } from '@/lib/credentials/socket-signer';
import type { IssueRefusal } from '@/lib/credentials/types';
import { webEnv } from '@/lib/env';
import { limitedAnswer } from '@/lib/limits/answer';
import { spend, spendByAddress } from '@/lib/limits/spend';
import { voterCookie } from '@/lib/roll/cookies';
import { voterBySession } from '@/lib/roll/queries';
import { toBase64Url } from '@/lib/shared/bytes';

const MAX_BODY_CHARACTERS = 2048;

const STATUS: Record<IssueRefusal, number> = {
  malformed: 422,
  'round-not-open': 403,
  'not-on-roll': 403,
  'already-issued': 409,
  'quota-reached': 403,
  unavailable: 503,
};

/** Blind-signs the verified resident's key for this round. Safe to send again. */
export async function POST(request: Request): Promise<Response> {
  if (!isSameOrigin(request)) return answer(403, { reason: 'origin' });
  // Who asks comes first: nothing is read or signed for a stranger.
  const token = (await cookies()).get(voterCookie().name)?.value;
  if (token === undefined) return answer(401, { reason: 'not-verified' });
  const fromThere = await spendByAddress('credential-address', request);
  if (!fromThere.ok) return limitedAnswer(fromThere);
  const db = registry();
  const voter = await voterBySession(db, token);
  if (voter === null) return answer(401, { reason: 'not-verified' });
  const byHer = await spend('credential-resident', voter.residentId);
  if (!byHer.ok) return limitedAnswer(byHer);

  const input = credentialInput.safeParse(parseJson(await request.text()));
  if (!input.success) return answer(422, { reason: 'malformed' });
  if (input.data.round !== voter.roundId) return answer(403, { reason: 'not-on-roll' });

  const issued = await issueCredential(db, socketSigner(webEnv().MINKA_ISSUER_SOCKET), {
    roundId: voter.roundId,
    residentId: voter.residentId,
    channel: voter.channel,
    blinded: input.data.blinded,
  });
  if (!issued.ok) return answer(STATUS[issued.reason], { reason: issued.reason });
  return answer(200, {
    signature: toBase64Url(issued.value.signature),
    group: issued.value.groupId,
  });
}

function parseJson(text: string): unknown {
  if (text.length > MAX_BODY_CHARACTERS) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function answer(status: number, body: object): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'no-store' } });
}
