import type { ExampleId } from '@/lib/results/worked-example';
import { EnvelopeBar } from './envelope-bar';
import { useExampleWords } from './example-words';

/** The envelope with what it bought, and what is left of it. */
export function FilledEnvelope({
  bought,
  title,
}: {
  readonly bought: readonly ExampleId[];
  /** Instead of "Fondo: S/ …". */
  readonly title?: string;
}) {
  const { name, left, envelope } = useExampleWords();
  const words = title ?? envelope;
  return (
    <div className="mb-4">
      <p className="mb-1 font-semibold">{words}</p>
      <EnvelopeBar
        bought={bought}
        label={`${words}: ${bought.map(name).join('; ')}. ${left(bought)}`}
      />
      <p className="text-base">{left(bought)}</p>
    </div>
  );
}
