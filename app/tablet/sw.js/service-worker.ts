/**
 * The service worker's own text. It keeps what a tablet's page asks it to keep and nothing else.
 * A kept page comes from the network when that gives the page itself, and from the device otherwise:
 * without a network, with one that is too slow, and when what arrives is an error or, of a session
 * that ended, the page to sign in. In a hall nobody can sign in.
 */
export const SERVICE_WORKER = `'use strict';
const CACHE = 'minka-tablet';
const PATIENCE_MS = 4000;

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('message', (event) => {
  const keep = event.data && event.data.keep;
  if (Array.isArray(keep)) event.waitUntil(keepAll(keep));
});

async function keepAll(addresses) {
  const cache = await caches.open(CACHE);
  for (const address of addresses) {
    const isPage = !address.includes('/_next/static/');
    if (!isPage && (await cache.match(address))) continue;
    const answer = await fetch(address, { credentials: 'same-origin', redirect: 'manual' });
    if (answer.ok) await cache.put(address, answer);
  }
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith('/_next/static/')) event.respondWith(kept(request));
  else if (request.mode === 'navigate') event.respondWith(page(request, url));
});

async function kept(request) {
  const cache = await caches.open(CACHE);
  const found = await cache.match(request.url, { ignoreVary: true });
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request.url, answer.clone());
  return answer;
}

async function page(request, url) {
  const cache = await caches.open(CACHE);
  const found = await cache.match(url.origin + url.pathname, { ignoreVary: true });
  if (!found) return fetch(request);
  try {
    const answer = await Promise.race([
      fetch(request),
      new Promise((_, give) => setTimeout(() => give(new Error('slow')), PATIENCE_MS)),
    ]);
    return answer.ok && !answer.redirected ? answer : found;
  } catch {
    return found;
  }
}
`;
