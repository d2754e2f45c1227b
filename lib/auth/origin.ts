import 'server-only';
import { webEnv } from '@/lib/env';

/** Whether a request that changes something comes from our own pages. A missing Origin does not. */
export function isSameOrigin(request: Request): boolean {
  return request.headers.get('origin') === new URL(webEnv().MINKA_SITE_URL).origin;
}
