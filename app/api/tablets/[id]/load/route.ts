import { registry } from '@/db/registry/client';
import { socketSigner } from '@/lib/credentials/socket-signer';
import { webEnv } from '@/lib/env';
import { loadTablet } from '@/lib/tablets/commands/load-tablet';
import { loadInput } from '@/lib/tablets/input';
import type { LoadRefusal } from '@/lib/tablets/types';
import { answer, officerRequest } from '../../officer-request';

const STATUS: Record<LoadRefusal, number> = {
  'not-allowed': 403,
  'not-found': 404,
  'round-not-open': 403,
  'other-device': 409,
  'wrong-state': 409,
  malformed: 422,
  'vouchers-differ': 422,
  'quota-reached': 403,
  unavailable: 503,
};

/** Gives one device its list and its vouchers. Safe to send again with the same values. */
export async function POST(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const asked = await officerRequest(request, loadInput);
  if (!asked.ok) return asked.response;
  const { MINKA_ISSUER_SOCKET, MINKA_BALLOT_BOX_URL } = webEnv();
  const loaded = await loadTablet(registry(), socketSigner(MINKA_ISSUER_SOCKET), asked.actor, {
    tabletId: (await params).id,
    ...asked.input,
    boxUrl: new URL(MINKA_BALLOT_BOX_URL).origin,
  });
  return loaded.ok
    ? answer(200, loaded.value)
    : answer(STATUS[loaded.reason], { reason: loaded.reason });
}
