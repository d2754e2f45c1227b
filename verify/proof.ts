import { z } from 'zod';
import { promiseText } from '@/lib/ballots/types';
import { sameBytes } from '@/lib/record/merkle';
import type { MerkleTree } from '@/lib/record/tree';
import { fromBase64Url, utf8 } from '@/lib/shared/bytes';
import type { ReadManifest } from './checks/v01-manifest';
import { checkCheckpoint, type SignedCheckpoint } from './checks/v02-checkpoints';
import type { VerifierCrypto } from './crypto';
import { Findings, type Params } from './report';
import { textOf } from './source';

/**
 * The file that a phone saves when something about its own vote is wrong: what the ballot box signed,
 * held against the record. It convicts the box, or whoever made it up. What is said about it names
 * neither the ballot nor its place, which after the seal would tell what was chosen.
 */

/** What the box would sign is checked with its signature; a line break would make two texts one. */
const word = z.string().regex(/^[\x21-\x7e]{1,200}$/);

const proofFile = z.object({
  kind: z.literal('minka/proof/v1'),
  round: z.string(),
  promise: z
    .strictObject({ round: word, leaf: word, code: word, includeBy: word, signature: word })
    .optional(),
  checkpoint: z.string(),
  seen: z.string().nullable(),
});
export type ProofFile = z.infer<typeof proofFile>;

/** Null when the text is no such file. */
export function readProof(bytes: Uint8Array): ProofFile | null {
  try {
    return proofFile.safeParse(JSON.parse(textOf(bytes) ?? '')).data ?? null;
  } catch {
    return null;
  }
}

/** Each has one sentence per language in `words/`. */
export const PROOF_CODES = [
  'promise-kept',
  'promise-waits',
  'promise-absent',
  'promise-missing',
  'promise-code-missing',
  'promise-forged',
  'checkpoint-agrees',
  'checkpoint-newer',
  'checkpoint-contradicts',
  'checkpoint-unsigned',
  'other-round',
] as const;
export type ProofCode = (typeof PROOF_CODES)[number];

/**
 * `breach`: the box signed what the record does not keep. `invalid`: something in it is not signed by
 * the box at all. `unchecked`: the record itself is not whole enough to say.
 */
export type ProofVerdict = 'kept' | 'waits' | 'breach' | 'invalid' | 'unchecked';

export interface ProofReport {
  readonly verdict: ProofVerdict;
  readonly findings: readonly { readonly code: ProofCode; readonly params: Params }[];
}

export const UNCHECKED: ProofReport = { verdict: 'unchecked', findings: [] };

const VERDICT_OF: Readonly<Record<ProofCode, ProofVerdict>> = {
  'promise-kept': 'kept',
  'promise-waits': 'waits',
  'promise-absent': 'kept',
  'promise-missing': 'breach',
  'promise-code-missing': 'breach',
  'promise-forged': 'invalid',
  'checkpoint-agrees': 'kept',
  'checkpoint-newer': 'waits',
  'checkpoint-contradicts': 'breach',
  'checkpoint-unsigned': 'invalid',
  'other-round': 'invalid',
};
/** What the box signed convicts it, whatever else somebody wrote into the file. */
const GRAVEST: readonly ProofVerdict[] = ['breach', 'invalid', 'waits', 'kept'];

/** As patient as a phone (lib/record/own-vote); the close publishes every ballot in the next second. */
const GRACE_MS = 15 * 60 * 1000;

export interface AgainstRecord {
  readonly frozen: ReadManifest;
  /** All leaves of the newest checkpoint. */
  readonly tree: MerkleTree;
  readonly state: 'open' | 'closed' | 'sealed';
  readonly hasReceipt: (code: string) => boolean;
}

/** Whether what the file holds was signed by the box, and whether the record keeps it. */
export async function checkProof(
  file: ProofFile,
  record: AgainstRecord,
  now: Date,
  crypto: VerifierCrypto,
): Promise<ProofReport> {
  const { round } = record.frozen.manifest;
  if (file.round !== round) return reportOf([found('other-round', { round: file.round })]);
  const notes = [file.checkpoint, ...(file.seen === null ? [] : [file.seen])];
  const signed: SignedCheckpoint[] = [];
  const findings = [await promiseFinding(file.promise, record, now, crypto)];
  for (const note of notes) {
    const read = await checkCheckpoint(utf8(note), '', record.frozen, crypto, new Findings());
    if (read !== null) signed.push(read);
    findings.push(read === null ? found('checkpoint-unsigned') : checkpointFinding(read, record));
  }
  const [one, other] = signed.map(({ checkpoint }) => checkpoint);
  if (one && other && one.size === other.size && !sameBytes(one.root, other.root)) {
    findings.push(found('checkpoint-contradicts', { size: one.size }));
  }
  return reportOf(findings);
}

type ProofFinding = ProofReport['findings'][number];

const found = (code: ProofCode, params: Params = {}): ProofFinding => ({ code, params });

function reportOf(findings: readonly ProofFinding[]): ProofReport {
  const verdicts = new Set(findings.map(({ code }) => VERDICT_OF[code]));
  // Twice the same sentence says nothing more.
  const said = new Map(findings.map((finding) => [JSON.stringify(finding), finding]));
  return {
    verdict: GRAVEST.find((verdict) => verdicts.has(verdict)) ?? 'kept',
    findings: [...said.values()],
  };
}

async function promiseFinding(
  promise: ProofFile['promise'],
  { frozen, tree, state, hasReceipt }: AgainstRecord,
  now: Date,
  crypto: VerifierCrypto,
): Promise<ProofFinding> {
  if (promise === undefined) return found('promise-absent');
  const signature = fromBase64Url(promise.signature) ?? new Uint8Array();
  const isSigned =
    promise.round === frozen.manifest.round &&
    (await crypto.ed25519(frozen.recordKey, utf8(promiseText(promise)), signature));
  if (!isSigned) return found('promise-forged');
  const { includeBy } = promise;
  if (hasLeaf(tree, fromBase64Url(promise.leaf) ?? new Uint8Array())) {
    return found(hasReceipt(promise.code) ? 'promise-kept' : 'promise-code-missing');
  }
  const isDue = now.getTime() - Date.parse(includeBy) > GRACE_MS;
  // A copy that was made while people voted says nothing about what came later.
  const isBroken = state === 'sealed' || (state === 'closed' && isDue);
  return found(isBroken ? 'promise-missing' : 'promise-waits', { includeBy });
}

function hasLeaf(tree: MerkleTree, leaf: Uint8Array): boolean {
  for (let at = 1; at < tree.size; at++) {
    if (sameBytes(tree.leaf(at), leaf)) return true;
  }
  return false;
}

function checkpointFinding(
  { checkpoint: { size, root } }: SignedCheckpoint,
  { tree, state }: AgainstRecord,
): ProofFinding {
  if (size > tree.size) {
    return found(state === 'sealed' ? 'checkpoint-contradicts' : 'checkpoint-newer', { size });
  }
  const agrees = size > 0 && sameBytes(tree.rootAt(size), root);
  return found(agrees ? 'checkpoint-agrees' : 'checkpoint-contradicts', { size });
}
