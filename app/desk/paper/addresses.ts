import type { Route } from 'next';

type Step = 'minutes' | 'keying' | 'sample' | 'photo' | 'close';

/** The page of a paper table, or of one of its steps, with what it has to say. */
export function tablePage(
  tableId: string,
  step?: Step,
  says: Readonly<Record<string, string>> = {},
): Route {
  const page = `/desk/paper/${tableId}${step === undefined ? '' : `/${step}`}`;
  const query = new URLSearchParams(says).toString();
  return (query === '' ? page : `${page}?${query}`) as Route;
}

export function tablesPage(problem?: string): Route {
  const page = `/desk/paper${problem === undefined ? '' : `?problema=${problem}`}`;
  return page as Route;
}
