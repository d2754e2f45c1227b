import type { EffectiveBallot } from '@/lib/record/ballots';
import { paperBallots } from '@/lib/record/ballots';
import { toBase64 } from '@/lib/record/checkpoint';
import { RECORD_FILES, recordIndex, type RecordIndex } from '@/lib/record/format';
import type { MerkleTree } from '@/lib/record/tree';
import type { BallotStore } from './ballot-store';
import { readBallots } from './ballot-reader';
import { checkManifest, checkManifestLeaf, type ReadManifest } from './checks/v01-manifest';
import { checkCheckpoint, type SignedCheckpoint } from './checks/v02-checkpoints';
import { checkConsistency, checkOlderCopy } from './checks/v03-consistency';
import { checkRoot } from './checks/v04-root';
import { checkNotes, type ReadNotes } from './checks/v05-contents';
import { checkPaperChoices } from './checks/v08-rule';
import { checkChain } from './checks/v09-chain';
import { checkRecount, committedSeed, readTally } from './checks/v10-recount';
import { LiveCheck } from './checks/v11-live';
import { checkIssuance, ReceiptCheck } from './checks/v12-numbers';
import { checkMinutes } from './checks/v13-minutes';
import { checkAuditHeads } from './checks/v14-audit';
import { checkClosing } from './checks/v15-closing';
import { isCountable, recount } from './count';
import type { VerifierCrypto } from './crypto';
import { checkProof, UNCHECKED, type ProofFile, type ProofReport } from './proof';
import { Findings, type CheckId, type Report } from './report';
import { inOrder, jsonOf, MAX_BYTES, readFileFor, type RecordSource } from './source';

/** What is being done, for whoever waits. `done` of `all` where it is known. */
export interface Progress {
  readonly step: 'manifest' | 'checkpoints' | 'leaves' | 'ballots' | 'count' | 'live' | 'receipts';
  readonly done: number;
  readonly all: number;
}

export interface VerifyOptions {
  /** Base64url SHA-256 of the manifest as it stands on a poster; null when nobody gave one. */
  readonly manifestHash: string | null;
  /** Text of an older checkpoint of the same record; null when nobody kept one. */
  readonly since: string | null;
  /** A proof that a phone saved, and the time it is looked at. */
  readonly proof?: { readonly file: ProofFile; readonly now: Date } | null;
  readonly onProgress?: (progress: Progress) => void;
}

/** There is no record at this place at all. */
export class NoRecord extends Error {
  override readonly name = 'NoRecord';
}

/**
 * Verifies a public record as far as it is public: V1 to V15. Memory grows by about a hundred and
 * fifty bytes per ballot. Throws `SourceAway` and `NoRecord`; everything else is a finding.
 */
export async function verifyRecord(
  source: RecordSource,
  crypto: VerifierCrypto,
  options: VerifyOptions,
): Promise<Report> {
  return new Verification(source, crypto, options).run();
}

class Verification {
  private readonly findings = new Findings();
  private proof: ProofReport | null;

  constructor(
    private readonly source: RecordSource,
    private readonly crypto: VerifierCrypto,
    private readonly options: VerifyOptions,
  ) {
    this.proof = options.proof ? UNCHECKED : null;
  }

  async run(): Promise<Report> {
    const index = await this.readIndex();
    this.progress('manifest', 0, 1);
    const bytes = await this.read('V1', RECORD_FILES.manifest, MAX_BYTES.manifest);
    if (bytes === null && index === null) throw new NoRecord();
    const { manifestHash } = this.options;
    const frozen = bytes && checkManifest(bytes, manifestHash, this.crypto.sha256, this.findings);
    if (frozen === null || index === null) return this.report(frozen, index, null, null);
    if (index.round !== frozen.manifest.round) {
      this.findings.add('V5', 'index-differs', { field: 'round' });
    }

    const checkpoints = await this.readCheckpoints(index, frozen);
    const { head } = checkpoints;
    if (head === null) return this.report(frozen, index, null, null);
    const growing = index.state !== 'sealed';
    this.progress('leaves', 0, head.checkpoint.size);
    const { sha256 } = this.crypto;
    const tree = await checkRoot(this.source, head, growing, sha256, this.findings);
    checkManifestLeaf(frozen, tree.size > 0 ? tree.leaf(0) : null, sha256, this.findings);
    checkConsistency(tree, head, checkpoints.all, this.findings);
    if (this.options.since !== null) {
      await checkOlderCopy(this.options.since, frozen, tree, this.crypto, this.findings);
    }
    // Without the leaves nothing that follows has anything to stand on.
    if (tree.size !== head.checkpoint.size) return this.report(frozen, index, head, null);

    const notes = await this.readNotes(frozen, tree, growing);
    const count = growing
      ? this.waitForSeal(notes, frozen, index, tree)
      : await this.checkSealed(frozen, index, head, tree, notes);
    const receipts = await this.checkReceipts(index, head.checkpoint.size, notes, growing);
    const { proof } = this.options;
    // What a bad copy lost must not be laid on the box.
    if (proof && !this.findings.has('V1') && !this.findings.has('V4')) {
      const hasReceipt = (code: string): boolean => receipts.has(code);
      const record = { frozen, tree, state: index.state, hasReceipt };
      this.proof = await checkProof(proof.file, record, proof.now, this.crypto);
    }
    return this.report(frozen, index, head, count);
  }

  private async readIndex(): Promise<RecordIndex | null> {
    const bytes = await this.read('V5', RECORD_FILES.index, MAX_BYTES.index);
    if (bytes === null) return null;
    const parsed = recordIndex.safeParse(jsonOf(bytes));
    if (!parsed.success) {
      this.findings.add('V5', 'file-malformed', { file: RECORD_FILES.index });
      return null;
    }
    return parsed.data;
  }

  /** All checkpoints by the size they are listed under, and the one that is verified as the newest. */
  private async readCheckpoints(
    index: RecordIndex,
    frozen: ReadManifest,
  ): Promise<{ head: SignedCheckpoint | null; all: Map<number, SignedCheckpoint> }> {
    const all = new Map<number, SignedCheckpoint>();
    const { checkpoints } = index;
    // From the manifest's alone to the newest: nobody signs the list, and what it leaves out is not read.
    const isWhole = checkpoints[0] === 1 && checkpoints.at(-1) === index.size;
    if (!isWhole || checkpoints.some((size, at) => at > 0 && size <= (checkpoints[at - 1] ?? 0))) {
      this.findings.add('V5', 'index-differs', { field: 'checkpoints' });
    }
    const open = async (file: string): Promise<SignedCheckpoint | null> => {
      const bytes = await this.read('V2', file, MAX_BYTES.checkpoint);
      return bytes && checkCheckpoint(bytes, file, frozen, this.crypto, this.findings);
    };
    const newest = await open(RECORD_FILES.checkpoint);
    const read = (size: number) => open(RECORD_FILES.checkpointOf(size));
    for await (const { item: size, value: signed } of inOrder(checkpoints, read)) {
      if (signed !== null) all.set(size, signed);
      this.progress('checkpoints', all.size, checkpoints.length);
    }
    const listed = all.get(checkpoints.at(-1) ?? 0) ?? null;
    // A record that grows may have a newer checkpoint than the list that was read before it.
    const isNewer =
      newest !== null && listed !== null && newest.checkpoint.size > listed.checkpoint.size;
    const head = isNewer && index.state !== 'sealed' ? listed : (newest ?? listed);
    if (head !== null && head.checkpoint.size !== index.size) {
      this.findings.add('V5', 'index-differs', { field: 'size' });
    }
    const witnesses = head?.witnesses ?? [];
    this.findings.finish('V2', {
      checkpoints: all.size,
      witnesses: witnesses.length,
      declared: frozen.manifest.witnesses.length,
      names: witnesses.join(', '),
    });
    return { head, all };
  }

  private async readNotes(
    { manifest }: ReadManifest,
    tree: MerkleTree,
    growing: boolean,
  ): Promise<ReadNotes> {
    const bytes = await this.read('V5', RECORD_FILES.notes, MAX_BYTES.notes);
    if (bytes === null) return { notes: [], positions: new Set() };
    const { sha256 } = this.crypto;
    return checkNotes(bytes, manifest.round, tree, growing, sha256, this.findings);
  }

  /** While the record is open, contents are secret: what can be checked is, the rest waits. */
  private waitForSeal(
    { notes }: ReadNotes,
    frozen: ReadManifest,
    index: RecordIndex,
    { size }: MerkleTree,
  ): null {
    const waiting: CheckId[] = ['V5', 'V6', 'V7', 'V8', 'V9', 'V10', 'V11', 'V12', 'V13'];
    for (const id of waiting) this.findings.wait(id);
    checkMinutes(notes, frozen.manifest, false, this.findings);
    checkAuditHeads(notes, this.findings);
    checkClosing(notes, size, null, this.findings);
    if (index.ballotFiles > 0) this.findings.add('V5', 'ballots-before-seal');
    if (index.hasTally) this.findings.add('V10', 'tally-before-seal');
    return null;
  }

  private async checkSealed(
    frozen: ReadManifest,
    index: RecordIndex,
    head: SignedCheckpoint,
    tree: MerkleTree,
    read: ReadNotes,
  ): Promise<CountedRecord> {
    const { manifest } = frozen;
    const { findings } = this;
    const store = await readBallots(
      this.source,
      this.crypto,
      { frozen, files: index.ballotFiles, tree, notes: read.positions },
      findings,
      (done, all) => {
        this.progress('ballots', done, all);
      },
    );
    checkChain(store, tree, findings);
    const notes = read.notes.map(({ note }) => note);
    checkPaperChoices(notes, manifest, findings);
    const paper = paperBallots(notes, this.crypto.sha256).filter(({ group, choices }) =>
      isCountable(manifest, group, choices),
    );
    const voters = store.votersIn(tree.size);
    checkIssuance(notes, manifest, voters, paper, findings);
    checkMinutes(read.notes, manifest, true, findings);
    checkAuditHeads(read.notes, findings);
    const seen = { lines: store.lines, voters: store.credentials.count };
    checkClosing(read.notes, tree.size, seen, findings);
    await this.checkLive(index, store, tree);
    return { ...(await this.count(frozen, index, head, store, paper)), store, paper };
  }

  private async count(
    frozen: ReadManifest,
    index: RecordIndex,
    head: SignedCheckpoint,
    store: BallotStore,
    paper: readonly EffectiveBallot[],
  ): Promise<Pick<CountedRecord, 'shown' | 'announced'>> {
    const { findings } = this;
    this.progress('count', 0, 1);
    const bytes = index.hasTally
      ? await this.read('V10', RECORD_FILES.tally, MAX_BYTES.tally)
      : null;
    const announced = bytes && readTally(bytes, findings);
    const { sha256 } = this.crypto;
    const seed = announced && committedSeed(announced, frozen, sha256, findings);
    const { size, root } = head.checkpoint;
    const counted = recount(store, size, paper, seed);
    if (announced !== null) {
      const { hash: manifestHash, manifest } = frozen;
      const ballots = store.credentials.count + paper.length;
      const own = { round: manifest.round, manifestHash, root, ballots };
      checkRecount(announced, { ...own, contests: counted.announced }, findings);
      findings.finish('V10', { ballots, contests: counted.announced.length });
    } else if (!index.hasTally) {
      findings.wait('V10');
    }
    this.progress('count', 1, 1);
    return { shown: counted.shown, announced: announced !== null };
  }

  private async checkLive(index: RecordIndex, store: BallotStore, tree: MerkleTree): Promise<void> {
    const live = new LiveCheck(store, this.findings);
    const sizes = [...index.live].sort((a, b) => a - b);
    let done = 0;
    const read = (size: number) => this.read('V11', RECORD_FILES.live(size), MAX_BYTES.live);
    for await (const { item: size, value: bytes } of inOrder(sizes, read)) {
      if (bytes !== null) live.check(size, bytes, tree.size);
      this.progress('live', ++done, sizes.length);
    }
    live.finish();
  }

  private async checkReceipts(
    index: RecordIndex,
    size: number,
    { positions, notes }: ReadNotes,
    growing: boolean,
  ): Promise<ReceiptCheck> {
    const receipts = new ReceiptCheck(this.findings);
    const batches = index.checkpoints
      .map((end, at) => ({ end, begin: index.checkpoints[at - 1] ?? 0 }))
      .slice(1)
      .filter(({ end, begin }) => end <= size && begin < end);
    // Before the seal, leaves of sealed notes cannot be told from ballots.
    const exact = !growing && notes.length === positions.size;
    let done = 0;
    for await (const { item, value: bytes } of inOrder(batches, ({ end }) =>
      this.source.read(RECORD_FILES.receipts(end), MAX_BYTES.receipts),
    )) {
      let ballots = 0;
      for (let at = Math.max(1, item.begin); at < item.end; at++) {
        if (!positions.has(at)) ballots += 1;
      }
      receipts.check(item.end, bytes, ballots, exact);
      this.progress('receipts', ++done, batches.length);
    }
    const { size: known } = positions;
    receipts.finish(exact ? size - 1 - known : null);
    return receipts;
  }

  private read(check: CheckId, path: string, maxBytes: number): Promise<Uint8Array | null> {
    return readFileFor(check, this.source, path, maxBytes, this.findings);
  }

  private progress(step: Progress['step'], done: number, all: number): void {
    this.options.onProgress?.({ step, done, all });
  }

  private report(
    frozen: ReadManifest | null,
    index: RecordIndex | null,
    head: SignedCheckpoint | null,
    counted: CountedRecord | null,
  ): Report {
    const checks = this.findings.reports();
    const verdicts = new Set(checks.map(({ verdict }) => verdict));
    const isBad = verdicts.has('failed') || verdicts.has('blocked');
    const manifest = frozen?.manifest;
    return {
      v: 1,
      round: manifest?.round ?? index?.round ?? null,
      title: manifest?.title ?? null,
      municipality: manifest?.municipality ?? null,
      demo: manifest?.demo ?? false,
      manifestHash: frozen?.hash ?? null,
      state: index?.state ?? null,
      size: head?.checkpoint.size ?? null,
      root: head ? toBase64(head.checkpoint.root) : null,
      verdict: isBad ? 'failed' : verdicts.has('waiting') ? 'partial' : 'passed',
      checks,
      ballots: counted && {
        lines: counted.store.lines,
        voters: counted.store.credentials.count,
        paper: counted.paper.length,
      },
      announced: counted?.announced ?? false,
      count: counted?.shown ?? null,
      proof: this.proof,
    };
  }
}

interface CountedRecord {
  readonly store: BallotStore;
  readonly paper: readonly EffectiveBallot[];
  readonly shown: Report['count'];
  readonly announced: boolean;
}
