import { useTranslations } from 'next-intl';
import { DIMENSION_IDS, type DimensionId } from '@/lib/plan/types';
import type { PriorityView } from '@/lib/priorities/types';
import { percent, percentBp } from '@/lib/priorities/words';
import { formatSoles } from '@/lib/shared/money';
import { formatCount } from '../count';
import { DIMENSION_BORDER, DimensionMark } from '../dimension';

/** The trail from its end: from each envelope back to the votes it came from. */
export function Backwards({ view }: { readonly view: PriorityView }) {
  return (
    <ul className="mb-8 grid gap-5 md:grid-cols-2">
      {DIMENSION_IDS.map((code) => (
        <li
          key={code}
          className={`break-inside-avoid border-l-8 bg-white p-5 ${DIMENSION_BORDER[code]}`}
        >
          <p className="mb-3">
            <DimensionMark code={code} size={24} />
          </p>
          <OneTrail view={view} code={code} />
        </li>
      ))}
    </ul>
  );
}

function OneTrail({ view, code }: { readonly view: PriorityView; readonly code: DimensionId }) {
  const t = useTranslations('priorities.back');
  const { document } = view;
  const decision = view.decisions.find((each) => each.dimension === code);
  const votes = document.voice.province.votes[code];
  const steps = [
    view.envelopes && decision
      ? {
          href: '#sobre',
          text: t('envelope', {
            amount: formatSoles(view.envelopes[code]),
            share: percentBp(decision.adoptedBp),
            ceiling: formatSoles(view.nextCycle.ceilingCents),
          }),
        }
      : null,
    decision
      ? {
          href: '#decision',
          text: t('decision', {
            adopted: percentBp(decision.adoptedBp),
            proposed: percentBp(decision.proposedBp),
          }),
        }
      : null,
    {
      href: '#propuesta',
      text: t('proposal', {
        proposed: percentBp(document.weights.weightsBp[code]),
        current: percentBp(document.weights.current[code]),
        voice: percent(document.voice.voice[code]),
      }),
    },
    {
      href: '#voz',
      text: t('voice', {
        voice: percent(document.voice.voice[code]),
        raw: percent(document.voice.province.share[code]),
      }),
    },
    {
      href: '#votos',
      text: t(document.measure === 'ranking-points' ? 'points' : 'soles', {
        votes: document.measure === 'ranking-points' ? formatCount(votes) : formatSoles(votes),
        ballots: formatCount(document.voice.province.ballots),
      }),
    },
  ].filter((step) => step !== null);
  return (
    <ol className="space-y-2">
      {steps.map((step, at) => (
        <li key={step.href} className="flex gap-2">
          <span aria-hidden="true">{at === 0 ? '•' : '←'}</span>
          <a href={step.href}>{step.text}</a>
        </li>
      ))}
    </ol>
  );
}
