/**
 * Has the service worker keep this very page and all it has loaded, so that the tablet opens in a
 * hall without a network. What the booth loads later is asked for now.
 */
export async function keepPageOffline(): Promise<void> {
  if (!('serviceWorker' in navigator) || !navigator.onLine) return;
  await import('@/lib/ballots/credential');
  await navigator.serviceWorker.register('/tablet/sw.js', { scope: '/tablet/' });
  const { active } = await navigator.serviceWorker.ready;
  const loaded = performance
    .getEntriesByType('resource')
    .map(({ name }) => name)
    .filter((name) => name.startsWith(`${location.origin}/_next/static/`));
  const page = location.origin + location.pathname;
  active?.postMessage({ keep: [page, ...new Set(loaded)] });
}
