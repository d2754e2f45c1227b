/**
 * Where to go back to after changing the language: the page the form was on, when the browser says
 * it and it is ours; the home page otherwise. Never an address outside of this site.
 */
export function pathToReturnTo(referer: string | null, host: string | null): string {
  if (!referer || !host || !URL.canParse(referer)) return '/';
  const page = new URL(referer);
  if (page.host !== host) return '/';
  // "//elsewhere.example" is a path to URL() and another site to a browser.
  const path = `/${page.pathname.replace(/^[/\\]+/, '')}`;
  return `${path}${page.search}`;
}
