export type SearchParams = Readonly<Record<string, string | string[] | undefined>>;
/** What Next hands to a page. */
export type PageSearch = Promise<SearchParams>;

const MAX_PAGE = 10_000;

/** The page of a list in the address, from 1; anything that is no page is the first one. */
export function pageOf(params: SearchParams): number {
  const page = Number(params['pagina'] ?? '1');
  return Number.isInteger(page) && page >= 1 && page <= MAX_PAGE ? page : 1;
}

/** Whether a part of an address can be the id of anything: nothing else is asked of the database. */
export function isIdLike(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9-]{0,79}$/.test(text);
}

/** Whether it is the id of a row that has a uuid: PostgreSQL throws at anything else. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}
