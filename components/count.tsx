/** "12 500": a space between thousands, as in money, in every language of the site. */
export function formatCount(value: number): string {
  return value.toString().replace(/\B(?=(\d{3})+$)/g, '\u00a0');
}

export function Count({ value }: { readonly value: number }) {
  return <span className="whitespace-nowrap tabular-nums">{formatCount(value)}</span>;
}
