import { useLocale } from 'next-intl';
import type { ContestExplanation } from '@/lib/results/explain';
import type { GatedAllocate } from '@/lib/results/gate';
import { inOrder } from './outcomes';

/** Why each proposal of an envelope was funded or not: the whole count in sentences, by proposal. */
export function Reasons({
  contest,
  explanation,
}: {
  readonly contest: GatedAllocate;
  readonly explanation: ContestExplanation;
}) {
  const locale = useLocale();
  return (
    <ul className="space-y-4">
      {inOrder(contest, locale).map(({ id, title }) => (
        <li key={id} id={`p-${id}`}>
          <a href={`/propuestas/${id}`} className="font-semibold">
            {title}
          </a>
          <p>{explanation.options.get(id)?.join(' ')}</p>
        </li>
      ))}
    </ul>
  );
}
