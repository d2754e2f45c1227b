import type { ProofReport } from './proof';

/** What a verification says: one verdict per check, with the findings that led to it. */

export const CHECK_IDS = [
  'V1',
  'V2',
  'V3',
  'V4',
  'V5',
  'V6',
  'V7',
  'V8',
  'V9',
  'V10',
  'V11',
  'V12',
  'V13',
  'V14',
  'V15',
] as const;
export type CheckId = (typeof CHECK_IDS)[number];

/**
 * `passed`; `failed`: the record contradicts itself or breaks its rules; `waiting`: the record is
 * still open and what this check reads is not public yet; `blocked`: an earlier failure left nothing
 * to check.
 */
export type Verdict = 'passed' | 'failed' | 'waiting' | 'blocked';

export type Params = Readonly<Record<string, string | number>>;

/** Every way in which a record can be wrong. Each has one sentence per language in `words/`. */
export const FINDING_CODES = [
  // Files
  'file-missing',
  'file-malformed',
  'file-too-large',
  'index-differs',
  // V1
  'manifest-invalid',
  'manifest-other-hash',
  'manifest-not-leaf-0',
  'manifest-key-invalid',
  // V2
  'checkpoint-malformed',
  'checkpoint-other-origin',
  'checkpoint-unsigned',
  'cosignature-invalid',
  // V3
  'checkpoint-other-size',
  'checkpoints-fork',
  'checkpoint-not-prefix',
  'older-not-of-this-record',
  'older-is-larger',
  'older-not-prefix',
  // V4
  'leaves-incomplete',
  'leaves-too-many',
  'root-differs',
  // V5
  'note-not-its-leaf',
  'note-out-of-place',
  'note-malformed',
  'note-of-other-round',
  'ballot-not-its-leaf',
  'ballot-missing',
  'ballot-extra',
  'ballots-before-seal',
  // V6, V7, V8
  'group-unknown',
  'token-invalid',
  'signature-invalid',
  'ballot-malformed',
  'ballot-of-other-round',
  'choices-invalid',
  'paper-choices-invalid',
  // V9
  'sequence-twice',
  'chain-gap',
  'chain-broken',
  'credential-two-groups',
  // V10
  'tally-malformed',
  'tally-before-seal',
  'tally-other-manifest',
  'tally-other-root',
  'tally-other-engine',
  'lot-seed-differs',
  'tally-other-ballots',
  'tally-other-contests',
  'tally-other-winners',
  'tally-other-ranking',
  'tally-other-cost',
  'tally-other-voters',
  'tally-other-ties',
  // V11
  'live-not-allowed',
  'live-malformed',
  'live-differs',
  'live-too-soon',
  // V12
  'issuance-missing',
  'issuance-twice',
  'issuance-unknown-group',
  'more-seen-than-issued',
  'more-issued-than-eligible',
  'more-paper-than-issued',
  'more-check-ins-than-issued',
  'receipts-differ',
  'receipts-other-total',
  'receipts-unsorted',
  'receipt-invalid',
  'receipt-twice',
  // V13
  'minutes-twice',
  'minutes-unknown-group',
  'minutes-too-many-ballots',
  'pile-without-minutes',
  'pile-before-minutes',
  'pile-twice',
  'pile-missing',
  'pile-other-number',
  'pile-one-officer',
  'pile-arbiter-keyed',
  'pile-other-group',
  'pile-unsorted',
  'tablet-too-many-ballots',
  'tablet-too-many-check-ins',
  // V14
  'audit-day-earlier',
  'audit-seq-smaller',
  'audit-hash-differs',
  // V15
  'closing-missing',
  'closing-twice',
  'closing-not-last',
  'closing-other-lines',
  'closing-other-voters',
  'closing-before-seal',
] as const;
export type FindingCode = (typeof FINDING_CODES)[number];

export interface Finding {
  readonly code: FindingCode;
  readonly params: Params;
}

/** A line of a ballot file, from 1. */
export interface LinePlace {
  readonly file: string;
  readonly line: number;
}

export interface CheckReport {
  readonly id: CheckId;
  readonly verdict: Verdict;
  /** What was looked at, for the sentence: numbers of files, ballots, … */
  readonly facts: Params;
  /** The first few. */
  readonly findings: readonly Finding[];
  /** All, those shown included. */
  readonly findingCount: number;
}

/** One contest as this verifier counted it. */
export interface CountedContest {
  readonly id: string;
  readonly title: { readonly es: string; readonly en: string };
  readonly voters: number;
  readonly blank: number;
  /** Best first: options with what they got; `funded` in a contest for money. */
  readonly options: readonly {
    readonly id: string;
    readonly label: { readonly es: string; readonly en: string };
    readonly votes: number;
    readonly funded: boolean | null;
  }[];
}

export interface Report {
  readonly v: 1;
  /** Null when not even the manifest could be read. */
  readonly round: string | null;
  readonly title: { readonly es: string; readonly en: string } | null;
  readonly municipality: string | null;
  readonly demo: boolean;
  readonly manifestHash: string | null;
  readonly state: 'open' | 'closed' | 'sealed' | null;
  /** Leaves, and the root of the newest checkpoint in base64. */
  readonly size: number | null;
  readonly root: string | null;
  /** `passed`: every check passed. `partial`: nothing failed, the record is not sealed yet. */
  readonly verdict: 'passed' | 'partial' | 'failed';
  readonly checks: readonly CheckReport[];
  /** Null while the ballots are not public. */
  readonly ballots: {
    readonly lines: number;
    readonly voters: number;
    readonly paper: number;
  } | null;
  /** Whether a count was announced; without one, `count` is only this verifier's own. */
  readonly announced: boolean;
  readonly count: readonly CountedContest[] | null;
  /** What became of a proof that somebody brought; null when nobody did. */
  readonly proof: ProofReport | null;
}

const SHOWN_FINDINGS = 5;

/** Collects what the checks find. */
export class Findings {
  private readonly found = new Map<CheckId, { findings: Finding[]; count: number }>();
  private readonly facts = new Map<CheckId, Params>();
  private readonly waiting = new Set<CheckId>();
  private readonly done = new Set<CheckId>();

  add(id: CheckId, code: FindingCode, params: Params = {}): void {
    const sheet = this.found.get(id) ?? { findings: [], count: 0 };
    if (sheet.findings.length < SHOWN_FINDINGS) sheet.findings.push({ code, params });
    sheet.count += 1;
    this.found.set(id, sheet);
  }

  /** The check was carried out over this. */
  finish(id: CheckId, facts: Params = {}): void {
    this.done.add(id);
    this.facts.set(id, facts);
  }

  /** What the check reads is not public yet. */
  wait(id: CheckId): void {
    this.waiting.add(id);
  }

  has(id: CheckId): boolean {
    return this.found.has(id);
  }

  reports(): CheckReport[] {
    return CHECK_IDS.map((id) => {
      const sheet = this.found.get(id) ?? { findings: [], count: 0 };
      return {
        id,
        verdict: this.verdictOf(id),
        facts: this.facts.get(id) ?? {},
        findings: sheet.findings,
        findingCount: sheet.count,
      };
    });
  }

  private verdictOf(id: CheckId): Verdict {
    if (this.found.has(id)) return 'failed';
    if (this.waiting.has(id)) return 'waiting';
    return this.done.has(id) ? 'passed' : 'blocked';
  }
}
