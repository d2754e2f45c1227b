import { registry } from '@/db/registry/client';
import { closeTablet } from '@/lib/tablets/commands/return-tablet';
import { minutesInput } from '@/lib/tablets/input';
import type { CloseRefusal } from '@/lib/tablets/types';
import { answer, officerRequest } from '../../officer-request';

const STATUS: Record<CloseRefusal, number> = {
  'not-allowed': 403,
  'not-found': 404,
  'wrong-state': 409,
  'other-device': 409,
  'minutes-differ': 409,
  'sums-differ': 422,
};

/** The closing minutes of a tablet. Safe to send again. */
export async function POST(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const asked = await officerRequest(request, minutesInput);
  if (!asked.ok) return asked.response;
  const tabletId = (await params).id;
  const closed = await closeTablet(registry(), asked.actor, { tabletId, ...asked.input });
  return closed.ok ? answer(200, {}) : answer(STATUS[closed.reason], { reason: closed.reason });
}
