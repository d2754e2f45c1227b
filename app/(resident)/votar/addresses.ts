import type { Route } from 'next';
import type { CodeChannel, VerificationPurpose } from '@/lib/roll/types';
import type { IdentityProblem } from '@/lib/verification/types';
import type { CodeProblem, DniProblem } from './[round]/problems';

type Step = 'dni' | 'codigo' | 'sin-codigo' | 'cabina' | 'mi-derecho' | 'identidad';

interface More {
  readonly problem?: DniProblem | CodeProblem | IdentityProblem;
  readonly purpose?: VerificationPurpose;
  readonly channel?: CodeChannel;
}

/** The address of a round's first page, or of one of its steps. */
export function votingPage(
  roundId: string,
  step?: Step,
  { problem, purpose = 'vote', channel = 'sms' }: More = {},
): Route {
  const page = `/votar/${encodeURIComponent(roundId)}`;
  const at = step === undefined ? page : `${page}/${step}`;
  const query = [
    ...(purpose === 'right' ? ['para=derecho'] : []),
    ...(channel === 'letter' ? ['por=carta'] : []),
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

/** Where the code will come from, as the address says it. A letter opens the vote and nothing else. */
export function channelIn(
  query: Readonly<Record<string, string | string[] | undefined>>,
): CodeChannel {
  return query['por'] === 'carta' && purposeIn(query) === 'vote' ? 'letter' : 'sms';
}

/** Where somebody goes on once verified, and where they came from. */
export function goalOf(purpose: VerificationPurpose): 'cabina' | 'mi-derecho' {
  return purpose === 'right' ? 'mi-derecho' : 'cabina';
}

/** Where the way over the identity provider begins. */
export function identityStart(roundId: string, purpose: VerificationPurpose): string {
  const more = purpose === 'right' ? '&para=derecho' : '';
  return `/api/oidc/start?round=${encodeURIComponent(roundId)}${more}`;
}
