import { createPublicKey, sign, verify } from 'node:crypto';
import { checkParsed } from '@/lib/ballots/check';
import { credentialMessage, leafInput } from '@/lib/ballots/body';
import { parseBody, parseEnvelope } from '@/lib/ballots/input';
import { nodeBallotCrypto } from '@/lib/ballots/node-crypto';
import { checkChoices } from '@/lib/ballots/rules';
import type { RoundFixture } from '@/lib/ballots/voter.fixture';
import { present } from '@/lib/shared/assert';

/** What each step of a cast costs alone, in milliseconds of CPU per ballot (median of rounds). */

const ROUNDS = 5;

function msPerItem<T>(items: readonly T[], step: (item: T) => unknown): number {
  const rounds: number[] = [];
  for (let i = 0; i <= ROUNDS; i++) {
    const before = process.cpuUsage();
    for (const item of items) step(item);
    const used = process.cpuUsage(before);
    // The first one only warms up.
    if (i > 0) rounds.push((used.user + used.system) / 1000 / items.length);
  }
  rounds.sort((a, b) => a - b);
  return Number((rounds[Math.floor(rounds.length / 2)] ?? 0).toFixed(4));
}

export function partTimings(
  round: RoundFixture,
  requests: readonly string[],
): Readonly<Record<string, number>> {
  const { manifest } = round;
  const ballots = requests.map((text) => {
    const envelope = parseEnvelope(text);
    if (!envelope.ok) throw new Error(envelope.reason);
    const { line, receipt } = envelope.value;
    const body = parseBody(line[0]);
    if (!body.ok) throw new Error(body.reason);
    const spki = Buffer.from(body.value.k, 'base64url');
    const key = present(
      manifest.groups.find(({ id }) => id === body.value.d),
      'a group',
    ).key;
    const message = credentialMessage(manifest.round, body.value.d, nodeBallotCrypto.sha256(spki));
    return {
      text,
      line,
      receipt,
      body: body.value,
      group: key,
      spki,
      key: createPublicKey({ key: spki, format: 'der', type: 'spki' }),
      signed: Buffer.from(line[0], 'utf8'),
      signature: Buffer.from(line[1], 'base64url'),
      prepared: Buffer.concat([Buffer.from(body.value.x, 'base64url'), message]),
      token: Buffer.from(body.value.t, 'base64url'),
    };
  });
  return {
    envelope: msPerItem(ballots, ({ text }) => parseEnvelope(text)),
    body: msPerItem(ballots, ({ line }) => parseBody(line[0])),
    token: msPerItem(ballots, (each) =>
      nodeBallotCrypto.tokenIsValid(each.group, each.prepared, each.token),
    ),
    keyImport: msPerItem(ballots, ({ spki }) =>
      createPublicKey({ key: spki, format: 'der', type: 'spki' }),
    ),
    signature: msPerItem(ballots, ({ key, signed, signature }) =>
      verify('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }, signature),
    ),
    rule: msPerItem(ballots, ({ body }) => checkChoices(manifest, body.d, body.c)),
    leaf: msPerItem(ballots, ({ line }) => nodeBallotCrypto.sha256(leafInput(line))),
    promise: msPerItem(ballots, ({ receipt }) =>
      sign(null, Buffer.from(receipt.repeat(10)), round.recordKey),
    ),
    /** All of the checks together, as the box runs them. */
    checked: msPerItem(ballots, ({ body, line }) =>
      checkParsed(body, line, { manifest, hash: round.hash }, nodeBallotCrypto),
    ),
  };
}
