import { normaliseDni } from '@/lib/roll/rules';

export interface TypedList {
  /** Eight digits each, once. */
  readonly dnis: readonly string[];
  /** Lines that are not a DNI, as typed. */
  readonly unreadable: readonly string[];
  readonly repeated: readonly string[];
}

/** DNIs as somebody pasted them: one per line, or with commas, semicolons or tabs between. */
export function readList(text: string): TypedList {
  const dnis = new Set<string>();
  const unreadable: string[] = [];
  const repeated: string[] = [];
  for (const piece of text.split(/[\n\r,;\t]+/)) {
    const typed = piece.trim();
    if (typed === '') continue;
    const dni = normaliseDni(typed);
    if (dni === null) unreadable.push(typed.slice(0, 20));
    else if (dnis.has(dni)) repeated.push(dni);
    else dnis.add(dni);
  }
  return { dnis: [...dnis], unreadable, repeated };
}

/** How many vouchers of each group a list needs. */
export function vouchersNeeded(groups: readonly string[]): Map<string, number> {
  const needed = new Map<string, number>();
  for (const group of groups) needed.set(group, (needed.get(group) ?? 0) + 1);
  return needed;
}

/** Whether what was sent is exactly what the list needs. */
export function isExactly(needed: ReadonlyMap<string, number>, sent: readonly string[]): boolean {
  const given = vouchersNeeded(sent);
  return given.size === needed.size && [...needed].every(([group, n]) => given.get(group) === n);
}
