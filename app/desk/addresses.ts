import type { Route } from 'next';
import type { DeskProblem } from './problems';

/** What an address has to say besides where it leads. */
type Says = Readonly<Record<string, string>>;

function at(page: string, problem: DeskProblem | undefined, says: Says = {}): Route {
  const query = new URLSearchParams({
    ...says,
    ...(problem === undefined ? {} : { problema: problem }),
  }).toString();
  return (query === '' ? page : `${page}?${query}`) as Route;
}

/** The queue of a round at the officer's place: the screen on which a day is worked. */
export function peoplePage(roundId: string, problem?: DeskProblem, says?: Says): Route {
  return at(`/desk/people/${encodeURIComponent(roundId)}`, problem, says);
}

/** By the resident's opaque id: a DNI stands in no address. */
export function personPage(roundId: string, residentId: string, problem?: DeskProblem): Route {
  return at(`/desk/people/${encodeURIComponent(roundId)}/${residentId}`, problem);
}

export function turnPage(turnId: string, problem?: DeskProblem): Route {
  return at(`/desk/turns/${turnId}`, problem);
}

export function visitPage(visitId: string, problem?: DeskProblem): Route {
  return at(`/desk/visits/${visitId}`, problem);
}

export function kiosksPage(problem?: DeskProblem): Route {
  return at('/desk/kiosks', problem);
}

export function shiftsPage(problem?: DeskProblem): Route {
  return at('/desk/shifts', problem);
}

export function shiftPage(shiftId: string, problem?: DeskProblem): Route {
  return at(`/desk/shifts/${shiftId}`, problem);
}

export function assembliesListPage(problem?: DeskProblem): Route {
  return at('/desk/attendance', problem);
}

export function assemblyPage(assemblyId: string, problem?: DeskProblem, says?: Says): Route {
  return at(`/desk/attendance/${assemblyId}`, problem, says);
}

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** Whether a part of an address can be the id of a turn, a shift, a visit, a list. */
export function isUuid(text: unknown): text is string {
  return typeof text === 'string' && UUID.test(text);
}
