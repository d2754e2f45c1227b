import { utf8 } from '@/lib/shared/bytes';
import { MOST_PICKS } from '@/lib/rounds/contests';
import { ok, refuse, type Result } from '@/lib/shared/result';
import { MAX_BODY_BYTES, type BallotBody, type BallotLine, type Choices } from './body';
import { readCode } from './receipt';

/**
 * What comes from outside, exactly. There is one way to write a ballot, and it is all ASCII without
 * escapes, so its text is held against one expression instead of being parsed, checked and written
 * again (decision 0011; `shape.fixture.ts` says the same in zod, for the tests).
 */

const ID = '[A-Za-z0-9][A-Za-z0-9-]{0,63}';
/** Base64url of 32, 16, 64, 91 and 256 bytes: the last character has no bits left over. */
const BYTES_32 = '[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]';
const bytesText = (characters: number): string => `[A-Za-z0-9_-]{${String(characters - 1)}}[AQgw]`;
const BYTES_16 = bytesText(22);
const BYTES_64 = bytesText(86);
/** Uncompressed P-256 in SPKI is always 91 bytes; another encoding would be another key. */
const SPKI_P256 = bytesText(122);
const RSA_2048 = bytesText(342);

/** Everything before the choices. The first ballot replaces none; the others say which. */
const HEAD = new RegExp(
  `^\\{"v":1,"r":"(${ID})","d":"(${ID})","m":"(${BYTES_32})","k":"(${SPKI_P256})",` +
    `"x":"(${BYTES_32})","t":"(${RSA_2048})",` +
    `"n":(?:1,"p":null|([2-5]),"p":"(${BYTES_32})"),"s":"(${BYTES_16})","c":(?=\\{)`,
);
const ID_ALONE = new RegExp(`^${ID}$`);
const SIGNATURE = new RegExp(`^${BYTES_64}$`);

export interface CastEnvelope {
  readonly line: BallotLine;
  /** 13 characters without separators. */
  readonly receipt: string;
}

/** The POST body of a cast: the line and the receipt, nothing else. */
export function parseEnvelope(text: string): Result<CastEnvelope, 'malformed'> {
  const envelope = json(text);
  if (!isRecord(envelope) || Object.keys(envelope).length !== 2) return refuse('malformed');
  const { line, receipt } = envelope;
  if (typeof receipt !== 'string' || readCode(receipt) !== receipt) return refuse('malformed');
  if (!Array.isArray(line) || line.length !== 2) return refuse('malformed');
  const [body, signature] = line as unknown[];
  if (typeof body !== 'string' || typeof signature !== 'string') return refuse('malformed');
  return SIGNATURE.test(signature) ? ok({ line: [body, signature], receipt }) : refuse('malformed');
}

/**
 * The body of a ballot from its exact text. Refuses more than 4 KiB, unknown or missing fields, and
 * any text that is not the one this ballot would be written as (spaces, other key order, repeated
 * keys, escapes), so that there is exactly one way to write a ballot.
 */
export function parseBody(text: string): Result<BallotBody, 'too-large' | 'malformed'> {
  if (text.length > MAX_BODY_BYTES) return refuse('too-large');
  const head = HEAD.exec(text);
  const choices = head && readChoices(text.slice(head[0].length, -1));
  if (!choices || !text.endsWith('}')) {
    return refuse(utf8(text).length > MAX_BODY_BYTES ? 'too-large' : 'malformed');
  }
  const [, r = '', d = '', m = '', k = '', x = '', t = '', n = '1', p = null, s = ''] = head;
  return ok({ v: 1, r, d, m, k, x, t, n: Number(n), p, s, c: choices });
}

/** Lists of ids by contest, written as JSON writes them; null for anything else. */
function readChoices(text: string): Choices | null {
  const choices = json(text);
  if (!isRecord(choices)) return null;
  for (const [contest, picks] of Object.entries(choices)) {
    if (!ID_ALONE.test(contest) || !Array.isArray(picks) || picks.length > MOST_PICKS) return null;
    if (!picks.every((pick) => typeof pick === 'string' && ID_ALONE.test(pick))) return null;
  }
  // A contest twice, one that looks like a number, spaces or escapes are written another way.
  return JSON.stringify(choices) === text ? (choices as Choices) : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
