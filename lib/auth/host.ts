/**
 * Whether a request names this site: another name in the Host header would stand in links, redirects
 * and caches (threat T19). Health is asked by machines that know an address and no name.
 */
export function isOwnHost(
  host: string,
  site: Pick<URL, 'host'>,
  { pathname, demo }: { readonly pathname: string; readonly demo: boolean },
): boolean {
  if (host === site.host || pathname === '/api/health') return true;
  return demo && isLoopback(host);
}

/** The demonstration has one name, and people type the other ones of their own machine. */
function isLoopback(host: string): boolean {
  return /^(127\.0\.0\.1|\[::1\]|localhost)(:\d+)?$/.test(host);
}
