/** U+202F: Spanish sets a thin space before the sign, and a line must not end between the two. */
const THIN = '\u202f';

/**
 * "34.6 %": a share of the whole (0.346) as Peru writes it in official papers, with a decimal point
 * like the one of soles. Halves round up, as people do. For showing only: a float decides nothing.
 */
export function formatPercent(share: number, decimals = 1): string {
  const scale = 10 ** decimals;
  return withPercentSign((Math.round(share * 100 * scale) / scale).toFixed(decimals));
}

/** "32.50 %" of a figure that is already text, worked out exactly elsewhere. */
export function withPercentSign(figure: string): string {
  return `${figure}${THIN}%`;
}
