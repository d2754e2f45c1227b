/** `%`, `_` and `\` mean something to LIKE; a resident who types them means the signs. */
export function likePattern(words: string): string {
  return `%${words.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
}

/** The share of the envelope a proposal asks for, in tenths of a per cent, rounded down. */
export function shareTenths(costCents: number, envelopeCents: number): number {
  return envelopeCents > 0 ? Math.floor((costCents * 1000) / envelopeCents) : 0;
}
