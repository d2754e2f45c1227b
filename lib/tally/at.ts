/** The element that our own bookkeeping says is there; a bug if it is not. */
export function at<T>(list: readonly T[], index: number): T {
  const value = list[index];
  if (value === undefined) throw new RangeError(`Nothing at ${index} of ${list.length}.`);
  return value;
}

/** What our own reasoning says is there; a bug if it is not. */
export function known<T>(value: T | null, why: string): T {
  if (value === null) throw new Error(`A bound was wrong: ${why}`);
  return value;
}
