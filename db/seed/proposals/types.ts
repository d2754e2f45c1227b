/** What a demonstration proposal says in one language. */
export interface SeedText {
  /** For the assembly screen, at most 28 characters. */
  readonly label: string;
  /** At most 70 characters. */
  readonly title: string;
  readonly what: string;
  readonly where: string;
  readonly why: string;
}

export interface SeedProposal {
  /** Position within its cycle; `proposalCode` makes the public code of it. */
  readonly number: number;
  /** Whose money it asks for: `province`, or a district by its INEI code. */
  readonly envelope: string;
  /** Where it stands; null when it serves several districts. */
  readonly districtCode: string | null;
  readonly es: SeedText;
  readonly en: SeedText;
  readonly costCents: number;
  /** Codes of the plan's objectives; the first gives the proposal its dimension. */
  readonly objectives: readonly [string, ...string[]];
  readonly state: 'submitted' | 'under-evaluation' | 'eligible' | 'rejected' | 'merged';
  /** Fictitious, and the name says so. */
  readonly proposer: {
    readonly kind: 'organisation' | 'board' | 'resident';
    readonly name: string;
  };
  readonly competence: 'municipal' | 'shared' | 'national';
  /** People who would use it, estimated by the technical team. */
  readonly beneficiaries: number;
  /** What the technical team answers in public: always when rejected or merged. */
  readonly reason?: { readonly es: string; readonly en: string };
  /** The number of the proposal this one was merged into. */
  readonly mergedInto?: number;
}

/** The public code of a proposal, the same scheme in every cycle: 2027-014. */
export function proposalCode(fiscalYear: number, number: number): string {
  return `${fiscalYear}-${number.toString().padStart(3, '0')}`;
}
