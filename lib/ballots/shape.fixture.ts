import { z } from 'zod';
import { fromBase64Url, utf8 } from '@/lib/shared/bytes';
import { ok, refuse, type Result } from '@/lib/shared/result';
import { MAX_BODY_BYTES, MAX_SEQUENCE, writeBody, type BallotBody } from './body';
import type { CastEnvelope } from './input';
import { readCode } from './receipt';

/**
 * The shapes of a cast in zod, parsed and written again: slower than `input.ts` and written another
 * way, so that tests can hold one against the other (decision 0011).
 */
const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/);
const bytesOf = (length: number): z.ZodString =>
  z
    .string()
    .max(Math.ceil((length * 4) / 3))
    .refine((text) => fromBase64Url(text)?.length === length);

const bodyShape = z.strictObject({
  v: z.literal(1),
  r: id,
  d: id,
  m: bytesOf(32),
  k: bytesOf(91),
  x: bytesOf(32),
  t: bytesOf(256),
  n: z.number().int().min(1).max(MAX_SEQUENCE),
  p: bytesOf(32).nullable(),
  s: bytesOf(16),
  c: z.record(id, z.array(id).max(100)),
});

const envelopeShape = z.strictObject({
  line: z.tuple([z.string(), bytesOf(64)]),
  receipt: z.string().refine((code) => readCode(code) === code),
});

export function envelopeByShape(text: string): Result<CastEnvelope, 'malformed'> {
  const parsed = envelopeShape.safeParse(json(text));
  return parsed.success ? ok(parsed.data) : refuse('malformed');
}

export function bodyByShape(text: string): Result<BallotBody, 'too-large' | 'malformed'> {
  if (utf8(text).length > MAX_BODY_BYTES) return refuse('too-large');
  const parsed = bodyShape.safeParse(json(text));
  if (!parsed.success) return refuse('malformed');
  const body = parsed.data;
  if ((body.n === 1) !== (body.p === null)) return refuse('malformed');
  return writeBody(body) === text ? ok(body) : refuse('malformed');
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
