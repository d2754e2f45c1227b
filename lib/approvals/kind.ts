import type { z } from 'zod';
import type { Registry, RegistryTransaction } from '@/db/registry/client';
import type { StaffActor } from '@/lib/auth/actor';
import type { Permission } from '@/lib/auth/permissions';
import type { Result } from '@/lib/shared/result';

/** What an approved act leaves for the person who decided. */
export interface ApprovalOutcome {
  /** A right to register a passkey, to be handed over; shown once and kept nowhere. */
  readonly ticket?: string;
}

/** Values for the words of a kind; `href`, if any, is where the matter can be looked at. */
export type ApprovalValues = Readonly<Record<string, string | number | Date>>;

/** On what a second person decides. */
export interface ApprovalMatter<Payload> {
  /** On what: a round's id, a person's. */
  readonly subject: string;
  /** Exactly what is done if it is approved. */
  readonly payload: Payload;
}

export interface ApprovedAct<Payload> extends ApprovalMatter<Payload> {
  readonly approvalId: string;
  readonly reason: string;
  /** staff id of who asked */
  readonly requestedBy: string;
  readonly decidedBy: StaffActor;
}

/** An act that takes two people. Each area declares its own; lib/approvals/kinds.ts lists them all. */
export interface ApprovalKind<Payload> {
  /** `round.open`: also where its words are, in messages' `approvals.kinds`. */
  readonly kind: string;
  readonly payload: z.ZodType<Payload>;
  readonly mayAsk: Permission;
  readonly mayDecide: Permission;
  /** After how many days nobody may approve it any more. */
  readonly days: number;
  /** Under which name it stands in the audit: `round:pp2027-votacion`. */
  auditSubject(subject: string): string;
  /** Whether it is about this member of staff, who then does not decide it. */
  isAbout?(subject: string, staffId: string): boolean;
  /** Why it cannot even be asked for, in the transaction that asks. */
  check?(
    tx: RegistryTransaction,
    matter: ApprovalMatter<Payload> & { readonly reason: string },
  ): Promise<Result<null, string>>;
  /** What the words of the inbox need: values of `approvals.kinds.<kind>.title` and `.what`. */
  describe(db: Registry, matter: ApprovalMatter<Payload>): Promise<ApprovalValues>;
  /** The act itself, in the transaction of the decision: a refusal leaves the request open. */
  run(
    tx: RegistryTransaction,
    act: ApprovedAct<Payload>,
  ): Promise<Result<ApprovalOutcome | null, string>>;
}

export type AnyApprovalKind = ApprovalKind<Record<string, unknown>>;

/** Declares a kind; what was stored is read strictly again before it is shown or done. */
export function defineKind<Payload extends Record<string, unknown>>(
  kind: ApprovalKind<Payload>,
): AnyApprovalKind {
  const strictly = <Matter extends ApprovalMatter<Record<string, unknown>>>(matter: Matter) => ({
    ...matter,
    payload: kind.payload.parse(matter.payload),
  });
  return {
    ...kind,
    payload: kind.payload,
    check: async (tx, matter) =>
      kind.check === undefined ? { ok: true, value: null } : kind.check(tx, strictly(matter)),
    describe: (db, matter) => kind.describe(db, strictly(matter)),
    run: (tx, act) => kind.run(tx, strictly(act)),
  };
}
