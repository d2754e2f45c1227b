/**
 * The address in a receipt's QR. Round and code stand in the fragment, which browsers send to no
 * server: a receipt that is scanned is in no access log.
 */
export function receiptLink(siteUrl: string, round: string, code: string): string {
  const fragment = new URLSearchParams({ proceso: round, codigo: code });
  return `${new URL('/comprobar', siteUrl).href}#${fragment.toString()}`;
}

/** What a fragment asks for, or null when it asks for nothing. */
export function receiptAsked(fragment: string): { round: string; code: string } | null {
  const asked = new URLSearchParams(fragment.replace(/^#/, ''));
  const code = asked.get('codigo');
  return code === null
    ? null
    : { round: asked.get('proceso')?.slice(0, 64) ?? '', code: code.slice(0, 60) };
}
