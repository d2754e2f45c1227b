import { credentialMessage, type BallotBody } from '@/lib/ballots/body';
import { parseBody } from '@/lib/ballots/input';
import { checkChoices } from '@/lib/ballots/rules';
import { BALLOT_REASONS, type BallotReason } from '@/lib/ballots/types';
import { parseLine } from '@/lib/record/ballots';
import type { Sha256 } from '@/lib/record/merkle';
import { contestsFor, optionIds } from '@/lib/rounds/contests';
import { parseManifest, type Manifest } from '@/lib/rounds/manifest';
import { present } from '@/lib/shared/assert';
import { concatBytes, fromBase64Url, utf8 } from '@/lib/shared/bytes';
import { textOf } from './source';

/** What is needed to read ballot lines, as plain data: it travels to threads. */
export interface LineContext {
  /** Exact text of a manifest that has been parsed before, and its hash. */
  readonly text: string;
  readonly hash: string;
}

/** Lines in columns: nothing but numbers and hashes leaves the thread that read them. */
export interface CheckedPortion {
  readonly count: number;
  /** 0: good; else 1 + index in `BALLOT_REASONS`. */
  readonly status: Uint8Array;
  /** 1 when the choices can be counted: known group, its contests, known options once each. */
  readonly countable: Uint8Array;
  /** 32 bytes each. */
  readonly leaves: Uint8Array;
  readonly credentials: Uint8Array;
  readonly previous: Uint8Array;
  /** 0 when the line could not be read at all. */
  readonly sequences: Uint8Array;
  /** Index of the group in the manifest, or `NO_GROUP`. */
  readonly groups: Uint16Array;
  /** Of the countable lines, one after the other: per contest of the group a length and indexes. */
  readonly picks: Uint16Array;
}

/** The two signatures of a line that are still to be verified. */
export interface LineProof {
  readonly index: number;
  readonly groupKey: string;
  readonly prepared: Uint8Array;
  readonly token: Uint8Array;
  readonly spki: Uint8Array;
  readonly body: Uint8Array;
  readonly signature: Uint8Array;
}

export function reasonOf(status: number): BallotReason | null {
  return BALLOT_REASONS[status - 1] ?? null;
}

export function statusOf(reason: BallotReason): number {
  return 1 + BALLOT_REASONS.indexOf(reason);
}

interface GroupPlan {
  readonly index: number;
  readonly key: string;
  readonly contests: readonly { readonly id: string; readonly options: Map<string, number> }[];
}

export const LF = 10;

/** Line feeds in these bytes. */
export function linesIn(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) lines += 1;
  return lines;
}

/** A group that the manifest does not have. */
const NO_GROUP = 0xffff;

/** Reads ballot lines of one round: shape, leaf, credential, rule; leaves the signatures to others. */
export class LineReader {
  private readonly manifest: Manifest;
  private readonly groups: ReadonlyMap<string, GroupPlan>;

  constructor(
    private readonly context: LineContext,
    private readonly sha256: Sha256,
  ) {
    const parsed = parseManifest(context.text);
    if (!parsed.ok) throw new Error('A manifest that was parsed before');
    this.manifest = parsed.value;
    this.groups = new Map(
      parsed.value.groups.map(({ id, key }, index) => [
        id,
        {
          index,
          key,
          contests: contestsFor(parsed.value, id).map((contest) => ({
            id: contest.id,
            options: new Map(optionIds(contest).map((option, at) => [option, at])),
          })),
        },
      ]),
    );
  }

  /** `bytes`: whole lines, each ended by LF. Status is final only once the proofs are verified. */
  read(bytes: Uint8Array): { portion: CheckedPortion; proofs: LineProof[] } {
    const count = linesIn(bytes);
    const portion = {
      count,
      status: new Uint8Array(count),
      countable: new Uint8Array(count),
      leaves: new Uint8Array(count * 32),
      credentials: new Uint8Array(count * 32),
      previous: new Uint8Array(count * 32),
      sequences: new Uint8Array(count),
      groups: new Uint16Array(count),
    };
    const picks: number[] = [];
    const proofs: LineProof[] = [];
    let from = 0;
    for (let index = 0; index < count; index++) {
      const end = bytes.indexOf(LF, from);
      const raw = bytes.subarray(from, end);
      from = end + 1;
      portion.leaves.set(this.sha256(concatBytes(Uint8Array.of(0), raw)), index * 32);
      const text = textOf(raw);
      const line = text === null ? null : parseLine(text);
      const parsed = line === null ? null : parseBody(line[0]);
      if (line === null || !parsed?.ok) {
        portion.status[index] = statusOf(parsed?.ok === false ? parsed.reason : 'malformed');
        continue;
      }
      const body = parsed.value;
      const spki = known(fromBase64Url(body.k));
      const credential = this.sha256(spki);
      portion.credentials.set(credential, index * 32);
      if (body.p !== null) portion.previous.set(known(fromBase64Url(body.p)), index * 32);
      portion.sequences[index] = body.n;
      const group = this.groups.get(body.d);
      portion.groups[index] = group?.index ?? NO_GROUP;
      if (group && encodePicks(body, group, picks)) portion.countable[index] = 1;
      const reason = this.misplaced(body) ?? (group ? null : 'unknown-group');
      const signature = fromBase64Url(line[1]);
      if (reason !== null || group === undefined || signature === null) {
        portion.status[index] = statusOf(reason ?? 'signature-invalid');
        continue;
      }
      const rule = checkChoices(this.manifest, body.d, body.c);
      if (!rule.ok) portion.status[index] = statusOf(rule.reason);
      proofs.push({
        index,
        groupKey: group.key,
        prepared: concatBytes(
          known(fromBase64Url(body.x)),
          credentialMessage(body.r, body.d, credential),
        ),
        token: known(fromBase64Url(body.t)),
        spki,
        body: utf8(line[0]),
        signature,
      });
    }
    return { portion: { ...portion, picks: Uint16Array.from(picks) }, proofs };
  }

  private misplaced(body: BallotBody): BallotReason | null {
    if (body.r !== this.manifest.round) return 'unknown-round';
    return body.m === this.context.hash ? null : 'other-manifest';
  }
}

/** Appends the choices as numbers; false, and nothing appended, when they cannot be counted. */
function encodePicks({ c }: BallotBody, group: GroupPlan, picks: number[]): boolean {
  const before = picks.length;
  for (const { id, options } of group.contests) {
    const chosen = c[id];
    if (chosen === undefined || new Set(chosen).size !== chosen.length) {
      picks.length = before;
      return false;
    }
    picks.push(chosen.length);
    for (const option of chosen) {
      const index = options.get(option);
      if (index === undefined) {
        picks.length = before;
        return false;
      }
      picks.push(index);
    }
  }
  return true;
}

function known(bytes: Uint8Array<ArrayBuffer> | null): Uint8Array<ArrayBuffer> {
  return present(bytes, 'bytes that the shape has already checked');
}
