import type { Route } from 'next';
import type { VerificationPurpose } from '@/lib/roll/types';
import type { CodeProblem, DniProblem } from './[round]/problems';

type Step = 'dni' | 'codigo' | 'sin-codigo' | 'cabina' | 'mi-derecho';

interface More {
  readonly problem?: DniProblem | CodeProblem;
  readonly purpose?: VerificationPurpose;
}

/** The address of a round's first page, or of one of its steps. */
export function votingPage(
  roundId: string,
  step?: Step,
  { problem, purpose = 'vote' }: More = {},
): Route {
  const page = `/votar/${encodeURIComponent(roundId)}`;
  const at = step === undefined ? page : `${page}/${step}`;
  const query = [
    ...(purpose === 'right' ? ['para=derecho'] : []),
    ...(problem === undefined ? [] : [`problema=${problem}`]),
  ].join('&');
  // The booth is built in another folder: the route types of one build do not know all of them.
  return (query === '' ? at : `${at}?${query}`) as Route;
}

/** What the address says the verification is for. */
export function purposeIn(
  query: Readonly<Record<string, string | string[] | undefined>>,
): VerificationPurpose {
  return query['para'] === 'derecho' ? 'right' : 'vote';
}

/** Where somebody goes on once verified, and where they came from. */
export function goalOf(purpose: VerificationPurpose): 'cabina' | 'mi-derecho' {
  return purpose === 'right' ? 'mi-derecho' : 'cabina';
}
