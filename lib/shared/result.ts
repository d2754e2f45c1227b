/** An expected answer: either it was done, or it was refused for a literal reason. Bugs throw. */
export type Result<T, Reason extends string> =
  { readonly ok: true; readonly value: T } | Refusal<Reason>;

export interface Refusal<Reason extends string> {
  readonly ok: false;
  readonly reason: Reason;
}

export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function refuse<Reason extends string>(reason: Reason): Refusal<Reason> {
  return { ok: false, reason };
}
