/** What a demonstration proposal says in one language. */
export interface SeedText {
  /** At most 70 characters. */
  readonly title: string;
  readonly what: string;
  readonly where: string;
  readonly why: string;
}

export type SeedProposalState =
  'submitted' | 'under-evaluation' | 'eligible' | 'rejected' | 'merged';

export interface SeedProposal {
  /** Position within its cycle; `proposalCode` makes the public code of it. */
  readonly number: number;
  /** Whose money it asks for: the provincial envelope or a district's (INEI code). */
  readonly envelope: 'province' | (string & {});
  /** Where it stands; null when it serves several districts. */
  readonly districtCode: string | null;
  /** For the assembly screen, in Spanish, at most 28 characters. */
  readonly screenLabel: string;
  readonly es: SeedText;
  readonly en: SeedText;
  readonly costCents: number;
  /** Codes of the plan's objectives, the main one first. */
  readonly objectives: readonly [string, ...string[]];
  readonly state: SeedProposalState;
  readonly proposer: {
    readonly kind: 'organisation' | 'neighbours-board' | 'resident';
    /** Fictitious, and says so. */
    readonly name: string;
  };
  readonly competence: 'municipal' | 'shared' | 'other-government';
  /** People who would use it, estimated by the technical team. */
  readonly beneficiaries: number;
  /** Present when the team has given one: always when rejected or merged. */
  readonly reason?: { readonly es: string; readonly en: string };
  /** The number of the proposal this one was merged into. */
  readonly mergedInto?: number;
}

/** The public code of a proposal: fiscal year and number, the same scheme in every cycle. */
export function proposalCode(fiscalYear: number, number: number): string {
  return `${fiscalYear}-${number.toString().padStart(2, '0')}`;
}
