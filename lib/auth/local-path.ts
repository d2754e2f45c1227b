/**
 * A path of this site that came in an address or a form: exactly that, or the one to fall back to.
 * "//evil", "/\evil", a scheme, a control character or a dot-segment that leaves the path are not.
 */
export function localPath(text: unknown, otherwise: string): string {
  if (typeof text !== 'string' || text.length > 500) return otherwise;
  // Browsers drop tabs and line ends and take backslashes for slashes before they read an address.
  if (!/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(text)) return otherwise;
  const here = 'http://here.invalid';
  const url = URL.canParse(text, here) ? new URL(text, here) : null;
  if (url?.origin !== here || url.pathname.startsWith('//')) return otherwise;
  return url.pathname + url.search;
}
