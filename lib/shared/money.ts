/** Integer céntimos of a sol. S/ 1 is 100; JavaScript integers reach S/ 90 billion exactly. */
export type Cents = number;

/** "S/ 1 250 000" or "S/ 1 250 000.50": spaces between thousands, céntimos only when there are any. */
export function formatSoles(cents: Cents): string {
  const sign = cents < 0 ? '-' : '';
  const absolute = Math.abs(cents);
  const whole = Math.floor(absolute / 100)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, '\u00a0');
  const rest = absolute % 100;
  return `${sign}S/\u00a0${whole}${rest === 0 ? '' : `.${rest.toString().padStart(2, '0')}`}`;
}

/**
 * Splits an amount in proportion to weights, in whole céntimos, by largest remainder.
 * Equal remainders go to the earlier weight. The parts always add up to the amount.
 */
export function splitByLargestRemainder(total: Cents, weights: readonly bigint[]): Cents[] {
  const sum = weights.reduce((a, b) => a + b, 0n);
  if (sum <= 0n) throw new Error('splitByLargestRemainder needs a positive sum of weights');
  const exact = weights.map((weight) => BigInt(total) * weight);
  const parts = exact.map((value) => value / sum);
  let left = BigInt(total) - parts.reduce((a, b) => a + b, 0n);
  const order = exact
    .map((value, index) => ({ index, remainder: value % sum }))
    .sort((a, b) =>
      a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1,
    );
  for (const { index } of order) {
    if (left === 0n) break;
    parts[index] = (parts[index] ?? 0n) + 1n;
    left -= 1n;
  }
  return parts.map(Number);
}
