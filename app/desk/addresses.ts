import type { Route } from 'next';
import type { DeskProblem } from './problems';

function at(page: string, problem: DeskProblem | undefined): Route {
  return (problem === undefined ? page : `${page}?problema=${problem}`) as Route;
}

export function peoplePage(roundId: string, problem?: DeskProblem): Route {
  return at(`/desk/people/${encodeURIComponent(roundId)}`, problem);
}

/** By the resident's opaque id: a DNI stands in no address. */
export function personPage(roundId: string, residentId: string, problem?: DeskProblem): Route {
  return at(`/desk/people/${encodeURIComponent(roundId)}/${residentId}`, problem);
}

export function visitPage(visitId: string, problem?: DeskProblem): Route {
  return at(`/desk/visits/${visitId}`, problem);
}

export function kiosksPage(problem?: DeskProblem): Route {
  return at('/desk/kiosks', problem);
}
