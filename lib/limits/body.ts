/**
 * How much a request may carry. Declared lengths are looked at before anything is read; a body without
 * a length is refused, so that what was declared is all that can come.
 */

const KB = 1024;
const MB = 1024 * KB;

/** By the beginning of the address; the first that fits counts. Staff upload files, strangers do not. */
const CAPS: readonly (readonly [prefix: string, bytes: number])[] = [
  ['/api/tablets/', 12 * MB],
  ['/api/', 16 * KB],
  ['/votar', 16 * KB],
  ['/padron', 64 * KB],
  ['/ingresar', 16 * KB],
  ['/kiosco', 16 * KB],
  ['/demo', 16 * KB],
];
/** What Next itself reads of a body behind the proxy. */
const OTHERS = 10 * MB;

export type BodyProblem = 'too-large' | 'no-length';

export function bodyCap(pathname: string): number {
  return CAPS.find(([prefix]) => pathname.startsWith(prefix))?.[1] ?? OTHERS;
}

/** What is wrong with the size of a request that changes something; null: it may be read. */
export function bodyProblem(pathname: string, headers: Headers): BodyProblem | null {
  const declared = headers.get('content-length');
  if (declared === null) return headers.has('transfer-encoding') ? 'no-length' : null;
  return Number(declared) > bodyCap(pathname) ? 'too-large' : null;
}
