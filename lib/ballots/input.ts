import { z } from 'zod';
import { fromBase64Url, utf8 } from '@/lib/shared/bytes';
import { ok, refuse, type Result } from '@/lib/shared/result';
import { MAX_BODY_BYTES, MAX_SEQUENCE, writeBody, type BallotBody, type BallotLine } from './body';
import { readCode } from './receipt';

/** Shapes of what comes from outside. Lengths are exact: a ballot has no room for a mark. */

const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/);
const bytesOf = (length: number): z.ZodString =>
  z
    .string()
    .max(Math.ceil((length * 4) / 3))
    .refine((text) => fromBase64Url(text)?.length === length);

/** Uncompressed P-256 in SPKI is always 91 bytes; another encoding would be another key. */
const SPKI_P256_BYTES = 91;
const SIGNATURE_BYTES = 64;

const bodyShape = z.strictObject({
  v: z.literal(1),
  r: id,
  d: id,
  m: bytesOf(32),
  k: bytesOf(SPKI_P256_BYTES),
  x: bytesOf(32),
  t: bytesOf(256),
  n: z.number().int().min(1).max(MAX_SEQUENCE),
  p: bytesOf(32).nullable(),
  s: bytesOf(16),
  c: z.record(id, z.array(id).max(100)),
});

const envelopeShape = z.strictObject({
  line: z.tuple([z.string(), bytesOf(SIGNATURE_BYTES)]),
  receipt: z.string().refine((code) => readCode(code) === code),
});

export interface CastEnvelope {
  readonly line: BallotLine;
  /** 13 characters without separators. */
  readonly receipt: string;
}

/** The POST body of a cast. */
export function parseEnvelope(text: string): Result<CastEnvelope, 'malformed'> {
  const parsed = envelopeShape.safeParse(json(text));
  return parsed.success ? ok(parsed.data) : refuse('malformed');
}

/**
 * The body of a ballot from its exact text. Refuses more than 4 KiB, unknown or missing fields, and
 * any text that is not the one this ballot would be written as (spaces, other key order, repeated
 * keys, escapes), so that there is exactly one way to write a ballot.
 */
export function parseBody(text: string): Result<BallotBody, 'too-large' | 'malformed'> {
  if (text.length > MAX_BODY_BYTES || utf8(text).length > MAX_BODY_BYTES) {
    return refuse('too-large');
  }
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
