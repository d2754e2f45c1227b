import { constants, createPublicKey, verify } from 'node:crypto';
import type { Manifest } from '@/lib/rounds/manifest';
import { attempt, same, sha, type Line } from './naive-forms';

/** The naive verifier's own reading of ballots, choices and receipts. */

/** A receipt code with the right check character, by Damm's table over GF(32). */
export function isCode(code: string): boolean {
  const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  if (!/^[0-9A-HJKMNP-TV-Z]{13}$/.test(code)) return false;
  let sum = 0;
  for (const character of code.slice(0, 12)) {
    sum ^= alphabet.indexOf(character);
    sum = sum << 1 >= 32 ? ((sum << 1) ^ 0b100101) & 31 : sum << 1;
  }
  return alphabet[sum] === code[12];
}

export function ruleBreach(
  manifest: Manifest,
  group: string,
  choices: Record<string, string[]>,
): boolean {
  const own = manifest.contests.filter(({ groups }) => groups === 'all' || groups.includes(group));
  if (
    !same(
      own.map(({ id }) => id),
      Object.keys(choices),
    )
  )
    return true;
  return own.some((contest) => {
    const chosen = choices[contest.id] ?? [];
    if (new Set(chosen).size !== chosen.length) return true;
    if (contest.kind === 'rank') {
      return (
        chosen.length > contest.maxRanked ||
        chosen.some((id) => !contest.rows.some((row) => row.id === id))
      );
    }
    const costs = chosen.map(
      (id) => contest.proposals.find((proposal) => proposal.id === id)?.costCents ?? Infinity,
    );
    return (
      chosen.length > (contest.maxPicks ?? Infinity) ||
      costs.reduce((a, b) => a + b, 0) > contest.envelopeCents ||
      !same(chosen, [...chosen].sort())
    );
  });
}

/** Exact base64url of so many bytes. */
const isBytes = (value: unknown, length: number): boolean =>
  typeof value === 'string' &&
  Buffer.from(value, 'base64url').length === length &&
  Buffer.from(value, 'base64url').toString('base64url') === value;
const isId = (value: unknown): boolean =>
  typeof value === 'string' && /^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/.test(value);

/** Whether every field of a body is what the protocol says. */
function isBody(body: Record<string, unknown>): boolean {
  const { v, r, d, m, k, x, t, n, p, s, c } = body;
  return (
    v === 1 &&
    isId(r) &&
    isId(d) &&
    isBytes(m, 32) &&
    isBytes(k, 91) &&
    isBytes(x, 32) &&
    isBytes(t, 256) &&
    isBytes(s, 16) &&
    [1, 2, 3, 4, 5].includes(n as number) &&
    (n === 1 ? p === null : isBytes(p, 32)) &&
    typeof c === 'object' &&
    c !== null &&
    Object.entries(c).every(
      ([id, chosen]) =>
        isId(id) && Array.isArray(chosen) && chosen.length <= 100 && chosen.every(isId),
    )
  );
}

/** The first thing that is wrong with a ballot line, in the order in which the box would refuse it. */
export function wrongWith(
  line: string,
  manifest: Manifest,
  hash: string,
): { fails: string | null; body: Line['body'] } {
  const pair = attempt(() => JSON.parse(line) as string[]);
  if (pair?.length !== 2 || JSON.stringify(pair) !== line) return { fails: 'V8', body: null };
  const [text = '', signature = ''] = pair;
  const body = attempt(() => JSON.parse(text) as NonNullable<Line['body']>);
  const keys = ['v', 'r', 'd', 'm', 'k', 'x', 't', 'n', 'p', 's', 'c'];
  if (!body || JSON.stringify(body) !== text || !same(Object.keys(body), keys) || !isBody(body))
    return { fails: 'V8', body: null };
  if (body.r !== manifest.round || body.m !== hash) return { fails: 'V8', body };
  const group = manifest.groups.find(({ id }) => id === body.d);
  if (!group) return { fails: 'V6', body };
  const spki = Buffer.from(body.k, 'base64url');
  const signed = Buffer.concat([
    Buffer.from(body.x, 'base64url'),
    Buffer.from(`minka/cred/v1|${body.r}|${body.d}|`),
    sha(spki),
  ]);
  const issuer = createPublicKey({
    key: Buffer.from(group.key, 'base64url'),
    format: 'der',
    type: 'spki',
  });
  const padding = { key: issuer, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 };
  if (!verify('sha384', signed, padding, Buffer.from(body.t, 'base64url')))
    return { fails: 'V6', body };
  const voter = attempt(() => createPublicKey({ key: spki, format: 'der', type: 'spki' }));
  if (!voter || voter.asymmetricKeyDetails?.namedCurve !== 'prime256v1' || !isBytes(signature, 64))
    return { fails: 'V7', body };
  const ecdsa = { key: voter, dsaEncoding: 'ieee-p1363' as const };
  if (!verify('sha256', Buffer.from(text), ecdsa, Buffer.from(signature, 'base64url')))
    return { fails: 'V7', body };
  return { fails: ruleBreach(manifest, body.d, body.c) ? 'V8' : null, body };
}
