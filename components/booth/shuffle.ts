/**
 * The same options in this voter's own order, so that being first helps nobody over the whole
 * electorate. Deterministic: `seed` (32 bits, kept by the phone) and the contest decide, so a
 * reload shows the same order.
 */
export function shuffled<T>(options: readonly T[], seed: number, contest: string): T[] {
  const random = mulberry32(seed ^ fnv1a(contest));
  const order = [...options];
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    const [a, b] = [order[last], order[other]];
    if (a === undefined || b === undefined) continue;
    order[last] = b;
    order[other] = a;
  }
  return order;
}

/** Tommy Ettinger's generator: good enough to order a list, which is no secret. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return hash >>> 0;
}
