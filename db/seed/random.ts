/** A number generator: each call answers the next whole number in [0, bound). */
export type Draw = (bound: number) => number;

/** FNV-1a, 32 bits: a well-spread seed from a readable name. */
function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) {
    hash ^= text.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  return hash >>> 0;
}

/**
 * The demonstration's only source of chance: mulberry32 (Tommy Ettinger, public domain), seeded by
 * a name. The same name gives the same numbers on every machine, because only 32-bit integer
 * operations are used. For invented data alone: never for keys, codes, lots or shuffles that matter.
 */
export function drawFrom(name: string): Draw {
  let state = hash32(name);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
  // Names that differ in their last letter start close together; the first numbers mix them.
  next();
  next();
  return (bound) => {
    if (!Number.isInteger(bound) || bound < 1) throw new Error(`Cannot draw below ${bound}`);
    return next() % bound;
  };
}

/** The items in an order drawn from `draw`. The input is left alone. */
export function shuffled<T>(items: readonly T[], draw: Draw): T[] {
  return items
    .map((item) => ({ item, key: draw(0xffff_ffff) }))
    .map((entry, index) => ({ ...entry, index }))
    .sort((a, b) => a.key - b.key || a.index - b.index)
    .map(({ item }) => item);
}
