import { type Cents, formatSoles } from '@/lib/shared/money';

/** "S/ 1 250 000": never broken across lines, in figures of one width. */
export function Soles({ cents }: { readonly cents: Cents }) {
  return <span className="whitespace-nowrap tabular-nums">{formatSoles(cents)}</span>;
}
