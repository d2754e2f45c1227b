import 'server-only';
import { registry } from '@/db/registry/client';
import type { StaffActor } from '@/lib/auth/actor';
import { isSameOrigin } from '@/lib/auth/origin';
import { may } from '@/lib/auth/permissions';
import { currentStaff } from '@/lib/auth/session';
import { webEnv } from '@/lib/env';
import type { UploadTools } from '@/lib/roll/import/commands';
import { rollKeys } from '@/lib/roll/keys';

export function uploadTools(): UploadTools {
  return { db: registry(), keys: rollKeys(), uploads: webEnv().MINKA_UPLOADS_DIR };
}

export function answer(status: number, body: object): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'no-store' } });
}

/** Who sends a file; nothing of it is read for somebody who may not. */
export async function whoSends(request: Request): Promise<StaffActor | Response> {
  if (!isSameOrigin(request)) return answer(403, { reason: 'origin' });
  const actor = await currentStaff();
  if (actor === null) return answer(401, { reason: 'signed-out' });
  return may(actor, 'import-roll') ? actor : answer(403, { reason: 'not-allowed' });
}
