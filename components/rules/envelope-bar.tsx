import {
  EXAMPLE_COSTS,
  EXAMPLE_ENVELOPE_CENTS,
  type ExampleId,
} from '@/lib/results/worked-example';
import { Segment } from './segment';

const WIDTH = 328;
const HEIGHT = 36;

/** The envelope as a bar, filled with what was bought in order; the rest stays open. */
export function EnvelopeBar({
  bought,
  label,
}: {
  readonly bought: readonly ExampleId[];
  /** The same in words. */
  readonly label: string;
}) {
  const wide = (cents: number): number => (cents / EXAMPLE_ENVELOPE_CENTS) * (WIDTH - 2);
  const start = (at: number): number =>
    bought.slice(0, at).reduce((sum, id) => sum + EXAMPLE_COSTS[id], 0);
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={label}
      className="w-full max-w-120"
      data-print-colour
    >
      <rect
        x="1"
        y="1"
        width={WIDTH - 2}
        height={HEIGHT - 2}
        strokeWidth="2"
        strokeDasharray="5 4"
        className="stroke-ink fill-white"
      />
      {bought.map((id, at) => (
        <Segment
          key={id}
          id={id}
          x={1 + wide(start(at))}
          y={1}
          width={wide(EXAMPLE_COSTS[id])}
          height={HEIGHT - 2}
        />
      ))}
    </svg>
  );
}
