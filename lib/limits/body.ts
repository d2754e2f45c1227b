/**
 * How much a request may carry. Declared lengths are looked at before anything is read; a body without
 * a length is refused, so that what was declared is all that can come.
 */

const KB = 1024;
const MB = 1024 * KB;

/** All that Next reads of a body behind the proxy: what is longer arrives cut off. */
const UPLOADS = 10 * MB;
/** Forms with long answers; without script they also carry what was typed before. */
const WORDS = 64 * KB;
/** Everything that is not named here, today's and tomorrow's. */
const OTHERS = 16 * KB;

/** By folder. Staff upload files; strangers send forms. */
const CAPS: readonly (readonly [folder: string, bytes: number])[] = [
  ['/admin', UPLOADS],
  ['/desk', UPLOADS],
  ['/studio', UPLOADS],
  ['/api/tablets', UPLOADS],
  ['/council', WORDS],
  ['/padron', WORDS],
  ['/agentes', WORDS],
  ['/privacidad', WORDS],
];

export type BodyProblem = 'too-large' | 'no-length';

export function bodyCap(pathname: string): number {
  const within = (folder: string) => pathname === folder || pathname.startsWith(`${folder}/`);
  return CAPS.find(([folder]) => within(folder))?.[1] ?? OTHERS;
}

/** What is wrong with the size of a request that changes something; null: it may be read. */
export function bodyProblem(pathname: string, headers: Headers): BodyProblem | null {
  const declared = headers.get('content-length');
  if (declared === null) return headers.has('transfer-encoding') ? 'no-length' : null;
  return Number(declared) > bodyCap(pathname) ? 'too-large' : null;
}
