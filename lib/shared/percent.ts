/** U+202F: Spanish sets a thin space before the sign, and a line must not end between the two. */
const THIN = '\u202f';

/**
 * "34.6 %": a share of the whole (0.346) as Peru writes it in official papers, with a decimal point
 * like the one of soles. For showing only: the share was rounded by being a float.
 */
export function formatPercent(share: number, decimals = 1): string {
  return withPercentSign((share * 100).toFixed(decimals));
}

/** "32.50 %" of a figure that is already text, worked out exactly elsewhere. */
export function withPercentSign(figure: string): string {
  return `${figure}${THIN}%`;
}
