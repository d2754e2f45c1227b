import type { ProofCode, ProofVerdict } from '../proof';
import type { CheckId, FindingCode, Params, Report } from '../report';
import type { Progress } from '../run';
import { en } from './en';
import { es } from './es';

export type Language = 'es' | 'en';

/** Everything the verifier says, in one language. Functions take the numbers of a report. */
export interface Words {
  readonly tool: string;
  readonly checks: Readonly<Record<CheckId, string>>;
  /** One sentence when the check passed. */
  readonly passed: Readonly<Record<CheckId, (facts: Params) => string>>;
  readonly waiting: string;
  readonly waitingTally: string;
  readonly blocked: string;
  readonly findings: Readonly<Record<FindingCode, (params: Params) => string>>;
  readonly more: (count: number) => string;
  readonly verdicts: Readonly<Record<Report['verdict'], string>>;
  /** What is said of a proof that somebody brought. */
  readonly proof: {
    readonly title: string;
    readonly verdicts: Readonly<Record<ProofVerdict, string>>;
    readonly findings: Readonly<Record<ProofCode, (params: Params) => string>>;
  };
  readonly verdictMarks: Readonly<Record<'passed' | 'failed' | 'waiting' | 'blocked', string>>;
  readonly states: Readonly<Record<'open' | 'closed' | 'sealed', string>>;
  readonly labels: Readonly<
    Record<
      'round' | 'state' | 'manifest' | 'root' | 'size' | 'ballots' | 'count' | 'ownCount' | 'demo',
      string
    >
  >;
  readonly ballots: (lines: number, voters: number, paper: number) => string;
  readonly contest: (voters: number, blank: number) => string;
  readonly option: (label: string, votes: number, funded: boolean | null) => string;
  readonly steps: Readonly<Record<Progress['step'], string>>;
  readonly problems: Readonly<Record<'no-record' | 'away' | 'unexpected', string>>;
}

export const WORDS: Readonly<Record<Language, Words>> = { es, en };
