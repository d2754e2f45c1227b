import type { Route } from 'next';

/** What somebody wants to do once they are verified. */
export const GOALS = ['padron', 'tacha', 'datos', 'agentes'] as const;
export type Goal = (typeof GOALS)[number];

type Query = Readonly<Record<string, string | string[] | undefined>>;

export function goalIn(query: Query): Goal {
  return GOALS.find((goal) => goal === query['para']) ?? 'padron';
}

export const PADRON_PROBLEMS = [
  'empty',
  'malformed',
  'too-many-codes',
  'round-not-open',
  'wrong-code',
  'too-many-tries',
  'expired',
  'already-used',
] as const;
export type PadronProblem = (typeof PADRON_PROBLEMS)[number];

export function padronProblem(query: Query): PadronProblem | null {
  return PADRON_PROBLEMS.find((problem) => problem === query['problema']) ?? null;
}

/** A step of asking about oneself, with what it is for and what went wrong. */
export function padronPage(
  step: 'padron' | 'codigo',
  more: { readonly goal?: Goal; readonly round?: string; readonly problem?: PadronProblem } = {},
): Route {
  const query = new URLSearchParams();
  if (more.goal !== undefined && more.goal !== 'padron') query.set('para', more.goal);
  if (more.round !== undefined) query.set('votacion', more.round);
  if (more.problem !== undefined) query.set('problema', more.problem);
  const text = query.toString();
  const path = step === 'padron' ? '/padron' : '/padron/codigo';
  return text === '' ? path : `${path}?${text}`;
}

/** Where a verified person goes on. */
export function goalPage(goal: Goal): Route {
  const pages = {
    padron: '/padron/respuesta',
    tacha: '/padron/tacha',
    datos: '/privacidad/mis-datos',
    agentes: '/agentes/registro',
  } as const;
  return pages[goal];
}
