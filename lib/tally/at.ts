/** The element that our own bookkeeping says is there; a bug if it is not. */
export function at<T>(list: readonly T[], index: number): T {
  const value = list[index];
  if (value === undefined) throw new RangeError(`Nothing at ${index} of ${list.length}.`);
  return value;
}
