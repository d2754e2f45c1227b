import type { Route } from 'next';

/** How a slip is cut: the roll of a ticket printer, or a sheet. */
export type SlipPaper = '80' | 'a4';

export function slipPaper(value: unknown): SlipPaper {
  return value === 'a4' ? 'a4' : '80';
}

export function slipOfTurn(turnId: string, paper: SlipPaper = '80'): Route {
  return `/desk/turns/${turnId}/slip?papel=${paper}` as Route;
}

/** How to vote in this round; with a receipt's code, the answer to it. */
export function slipOfRound(roundId: string, code?: string, paper: SlipPaper = '80'): Route {
  const query = new URLSearchParams({
    papel: paper,
    ...(code === undefined ? {} : { codigo: code }),
  });
  return `/desk/people/${encodeURIComponent(roundId)}/slip?${query.toString()}` as Route;
}
