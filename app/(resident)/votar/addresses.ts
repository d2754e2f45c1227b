import type { Route } from 'next';
import type { CodeProblem, DniProblem } from './[round]/problems';

type Step = 'dni' | 'codigo' | 'sin-codigo' | 'cabina';

/** The address of a round's first page, or of one of its steps. */
export function votingPage(
  roundId: string,
  step?: Step,
  problem?: DniProblem | CodeProblem,
): Route {
  const page = `/votar/${encodeURIComponent(roundId)}`;
  const at = step === undefined ? page : `${page}/${step}`;
  // The booth is built in another folder: the route types of one build do not know all of them.
  return (problem === undefined ? at : `${at}?problema=${problem}`) as Route;
}
