import { constants, createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import {
  credentialMessage,
  lineText,
  writeBody,
  type BallotLine,
  type Choices,
} from '@/lib/ballots/body';
import { codeFromDigest } from '@/lib/ballots/receipt';
import { canonicalChoices } from '@/lib/ballots/rules';
import type { RecordNote } from '@/lib/record/format';
import { leafHash } from '@/lib/record/merkle';
import { contestsFor, mostPicks } from '@/lib/rounds/contests';
import type { Manifest } from '@/lib/rounds/manifest';
import { manifestFixture } from '@/lib/rounds/manifest.fixture';
import { concatBytes, toBase64Url, utf8 } from '@/lib/shared/bytes';
import { ENGINE_VERSION } from '@/lib/tally/version';
import {
  makeWitness,
  publicText,
  sha256,
  witnessInManifest,
  type Item,
  type RecordDraft,
} from './record-draft';

/** mulberry32: the same choices for the same seed. Keys and tokens are new every time. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface Voter {
  readonly group: string;
  readonly privateKey: KeyObject;
  readonly spki: Uint8Array;
  readonly prefix: Uint8Array;
  readonly token: Uint8Array;
}

export function manifestHashOf(manifest: Manifest): string {
  return toBase64Url(sha256(utf8(JSON.stringify(manifest))));
}

/**
 * A voter with a token signed by `issuer` (the group's own key, unless a test wants another), with a
 * new key unless one is given.
 */
export function makeVoter(
  manifest: Manifest,
  group: string,
  issuer: KeyObject,
  pair = generateKeyPairSync('ec', { namedCurve: 'P-256' }),
): Voter {
  const spki = pair.publicKey.export({ type: 'spki', format: 'der' });
  const prefix = createHash('sha256').update(spki).update('prefix').digest();
  const message = credentialMessage(manifest.round, group, sha256(spki));
  const token = sign('sha384', concatBytes(prefix, message), {
    key: issuer,
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: 48,
  });
  return { group, privateKey: pair.privateKey, spki, prefix, token };
}

/** A signed ballot; `choices` go in as they are. */
export function makeBallot(
  manifest: Manifest,
  hash: string,
  voter: Voter,
  choices: Choices,
  sequence = 1,
  previous: string | null = null,
): Extract<Item, { kind: 'ballot' }> & { readonly leaf: string } {
  const salt = createHash('sha256').update(voter.spki).update(`${sequence}`).digest();
  const body = writeBody({
    v: 1,
    r: manifest.round,
    d: voter.group,
    m: hash,
    k: toBase64Url(voter.spki),
    x: toBase64Url(voter.prefix),
    t: toBase64Url(voter.token),
    n: sequence,
    p: previous,
    s: toBase64Url(salt.subarray(0, 16)),
    c: choices,
  });
  const key = { key: voter.privateKey, dsaEncoding: 'ieee-p1363' as const };
  const line: BallotLine = [body, toBase64Url(sign('sha256', utf8(body), key))];
  const leaf = leafHash(utf8(lineText(line)), sha256);
  const receipt = codeFromDigest(sha256(concatBytes(salt, leaf)));
  return { kind: 'ballot', line, receipt, leaf: toBase64Url(leaf) };
}

/** Some legal choices: up to five ranked rows, proposals while the envelope lasts. */
export function someChoices(manifest: Manifest, group: string, next: () => number): Choices {
  const picked: Record<string, string[]> = {};
  for (const contest of contestsFor(manifest, group)) {
    const chosen: string[] = [];
    if (contest.kind === 'rank') {
      const rows = contest.rows.map(({ id }) => id);
      const length = Math.floor(next() * (contest.maxRanked + 1));
      while (chosen.length < length && rows.length > 0) {
        chosen.push(...rows.splice(Math.floor(rows.length * next() ** 2), 1));
      }
    } else {
      let left = contest.envelopeCents;
      const proposals = [...contest.proposals];
      for (let tries = Math.floor(next() * 5); tries > 0 && proposals.length > 0; tries--) {
        const [proposal] = proposals.splice(Math.floor(proposals.length * next() ** 2), 1);
        if (proposal === undefined || proposal.costCents > left) continue;
        if (chosen.length >= mostPicks(contest)) break;
        chosen.push(proposal.id);
        left -= proposal.costCents;
      }
    }
    picked[contest.id] = chosen;
  }
  return canonicalChoices(manifest, group, picked);
}

export interface SyntheticShape {
  readonly voters: number;
  /** Of a hundred voters, so many vote a second time. */
  readonly revotesPerCent: number;
  readonly batch: number;
  readonly live: boolean;
  readonly seed: number;
  readonly changes?: Partial<Manifest>;
  readonly onBallot?: (made: number) => void;
}

/** A whole sealed record: groups, re-votes, batches, paper, tablet, audit heads, witnesses, live. */
export function syntheticRecord(shape: SyntheticShape): RecordDraft {
  const next = random(shape.seed);
  const recordKey = generateKeyPairSync('ed25519').privateKey;
  const orderKey = generateKeyPairSync('ed25519').privateKey;
  const witnesses = [makeWitness('universidad.example'), makeWitness('comite.example')];
  const lotSeed = `lote-${shape.seed}`;
  const issuerKeys = new Map<string, KeyObject>();
  const base = manifestFixture(shape.changes);
  const manifest: Manifest = {
    ...base,
    groups: base.groups.map((group) => {
      const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
      issuerKeys.set(group.id, privateKey);
      return { ...group, eligible: shape.voters * 2 + 100, key: publicText(privateKey) };
    }),
    livePolicy: shape.live ? 'live' : 'at-close',
    recordKey: publicText(recordKey),
    orderKey: publicText(orderKey),
    record: { batch: shape.batch, intervalSeconds: 60 },
    witnesses: witnesses.map(witnessInManifest),
    lotSeedCommitment: createHash('sha256').update(lotSeed).digest('hex'),
    engine: ENGINE_VERSION,
  };
  const hash = manifestHashOf(manifest);
  const ballots = makeBallots(shape, manifest, hash, issuerKeys, next);
  return {
    manifest,
    recordKey,
    issuerKeys,
    witnesses,
    lotSeed,
    ...laidOut(shape, manifest, ballots, next),
    state: 'sealed',
  };
}

function makeBallots(
  { voters, revotesPerCent, onBallot }: SyntheticShape,
  manifest: Manifest,
  hash: string,
  issuerKeys: ReadonlyMap<string, KeyObject>,
  next: () => number,
): Extract<Item, { kind: 'ballot' }>[] {
  const ballots: Extract<Item, { kind: 'ballot' }>[] = [];
  for (let i = 0; i < voters; i++) {
    const group = manifest.groups[i % manifest.groups.length]?.id ?? '';
    const issuer = issuerKeys.get(group);
    if (issuer === undefined) throw new Error(`No issuer key for ${group}`);
    const voter = makeVoter(manifest, group, issuer);
    const first = makeBallot(manifest, hash, voter, someChoices(manifest, group, next));
    ballots.push(first);
    if (i % 100 < revotesPerCent) {
      const choices = someChoices(manifest, group, next);
      ballots.push(makeBallot(manifest, hash, voter, choices, 2, first.leaf));
    }
    onBallot?.(ballots.length);
  }
  // Fisher–Yates: the record is shuffled, a second ballot may stand before the first.
  for (let i = ballots.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [ballots[i], ballots[j]] = [ballots[j], ballots[i]] as [
      (typeof ballots)[0],
      (typeof ballots)[0],
    ];
  }
  return ballots;
}

const hex = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Ballots in batches with the notes between them; ends with issuance and closing. */
function laidOut(
  { batch, live }: SyntheticShape,
  manifest: Manifest,
  ballots: readonly Extract<Item, { kind: 'ballot' }>[],
  next: () => number,
): Pick<RecordDraft, 'items' | 'checkpoints' | 'live'> {
  const items: Item[] = [];
  const checkpoints = [1];
  const endBatch = (): void => {
    checkpoints.push(items.length + 1);
  };
  const note = (content: RecordNote): void => {
    items.push({ kind: 'note', note: content });
  };
  const head = (day: number, seq: number): void => {
    note({
      v: 1,
      type: 'audit-head',
      round: manifest.round,
      day: `2026-11-${String(day).padStart(2, '0')}`,
      seq,
      hash: hex(`head ${seq}`),
    });
  };
  const piles = manifest.groups.slice(0, 2).map((group, index) => {
    const pile = Array.from({ length: 3 + index }, () => ({
      group: group.id,
      choices: mutable(someChoices(manifest, group.id, next)),
    }));
    const text = (ballot: (typeof pile)[0]): string => JSON.stringify(ballot);
    pile.sort((a, b) => (text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0));
    return { group: group.id, minutes: `mesa-${index + 1}`, pile };
  });

  const half = Math.ceil(ballots.length / 2);
  ballots.forEach((ballot, index) => {
    if (index === 0) head(1, 40);
    if (index === half) head(2, 57);
    items.push(ballot);
    if ((index + 1) % batch === 0) endBatch();
  });
  for (const { group, minutes, pile } of piles) {
    note({
      v: 1,
      type: 'paper-minutes',
      round: manifest.round,
      minutes,
      group,
      place: `Local ${minutes}`,
      checkIns: pile.length + 2,
      ballots: pile.length,
      spoiled: 1,
      unused: 40,
      photoSha256: hex(minutes),
    });
  }
  note({
    v: 1,
    type: 'tablet-minutes',
    round: manifest.round,
    minutes: 'tableta-1',
    place: 'Comunidad de Cullpa',
    vouchers: 30,
    checkIns: 12,
    ballots: 11,
    headSha256: hex('tablet'),
  });
  endBatch();
  for (const { minutes, pile } of piles) {
    note({
      v: 1,
      type: 'paper-ballots',
      round: manifest.round,
      minutes,
      keyedBy: ['a1b2c3d4e5f6', 'b1b2c3d4e5f6'],
      arbitratedBy: minutes === 'mesa-1' ? 'c1b2c3d4e5f6' : null,
      ballots: pile,
    });
  }
  head(3, 57);
  // The seal brings a head of its own, mostly of a day that has one.
  head(3, 61);
  const lines = ballots.length;
  const bodies = ballots.map(({ line }) => JSON.parse(line[0]) as { k: string; d: string });
  const voters = new Map(bodies.map(({ k, d }) => [k, d]));
  const perGroup = (count: (group: string) => number): Record<string, number> =>
    Object.fromEntries(manifest.groups.map(({ id }) => [id, count(id)]));
  const seen = (group: string): number => [...voters.values()].filter((d) => d === group).length;
  note({
    v: 1,
    type: 'issuance',
    round: manifest.round,
    phone: perGroup((group) => seen(group) - 2),
    desk: perGroup(() => 1),
    tablet: perGroup(() => 2),
    paper: perGroup((group) => (piles.some((pile) => pile.group === group) ? 6 : 0)),
  });
  note({
    v: 1,
    type: 'closing',
    round: manifest.round,
    closedAt: '2026-11-04T01:00:00.000Z',
    reason: 'A la hora anunciada',
    lines,
    voters: voters.size,
  });
  endBatch();
  return { items, checkpoints, live: live ? checkpoints.slice(1) : [] };
}

function mutable(choices: Choices): Record<string, string[]> {
  return Object.fromEntries(Object.entries(choices).map(([id, chosen]) => [id, [...chosen]]));
}
