import { SERVICE_WORKER } from './service-worker';

/** The service worker of `/tablet/`; its place in the address is its scope. */
export function GET(): Response {
  return new Response(SERVICE_WORKER, {
    headers: { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-cache' },
  });
}
