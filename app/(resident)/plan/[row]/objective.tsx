import { useLocale, useTranslations } from 'next-intl';
import { Soles } from '@/components/money';
import { Tag } from '@/components/ui/tag';
import { pickText } from '@/lib/i18n/text';
import type { ObjectiveProposal, PlanObjectiveItem } from './item';
import { OfficialText } from './official-text';
import { Trail } from './trail';

/** An objective in plain words, whose decision it is, and what has been proposed and paid for it. */
export function Objective({
  objective,
  proposals,
}: {
  readonly objective: PlanObjectiveItem;
  readonly proposals: readonly ObjectiveProposal[];
}) {
  const t = useTranslations('plan');
  const locale = useLocale();
  const { code, summaryEs, summaryEn, duplicateOf, similarTo, feedbackRole } = objective;
  const competence = objective.competence ?? objective.competenceHint;
  return (
    <li id={code} className="border-line border-l-4 bg-white p-5">
      <h3 className="text-xl">{pickText(locale, objective.title)}</h3>
      {summaryEs === null ? null : (
        <p className="mt-2 max-w-(--container-text)">
          {pickText(locale, { es: summaryEs, en: summaryEn ?? summaryEs })}
        </p>
      )}
      {feedbackRole === null ? null : (
        <p className="mt-2 max-w-(--container-text)">{t(`feedback.${feedbackRole}`)}</p>
      )}
      <p className="mt-3 flex flex-wrap items-center gap-2 text-base">
        {competence === null ? null : (
          <>
            <Tag tone={competence === 'municipal' ? 'success' : 'neutral'}>
              {t(`competence.${competence}`)}
            </Tag>
            {objective.competence === null ? <span>{t('competenceHint')}</span> : null}
          </>
        )}
        {duplicateOf === null ? null : <Tag>{t('duplicate', { code: duplicateOf })}</Tag>}
        {similarTo.length === 0 ? null : <Tag>{t('similar', { codes: similarTo.join(', ') })}</Tag>}
      </p>
      <OfficialText item={objective} />
      <Proposals proposals={proposals} />
      <Trail code={code} />
    </li>
  );
}

function Proposals({ proposals }: { readonly proposals: readonly ObjectiveProposal[] }) {
  const t = useTranslations('plan');
  const locale = useLocale();
  if (proposals.length === 0) return <p className="mt-3 text-base">{t('noProposals')}</p>;
  const funded = proposals.filter(({ state }) => state === 'funded');
  const cents = funded.reduce((sum, { costCents }) => sum + costCents, 0);
  return (
    <>
      <h4 className="mt-3 font-semibold">{t('proposals')}</h4>
      <ul className="mt-1 space-y-1">
        {proposals.map(({ code, title, state, costCents }) => (
          <li key={code} className="flex flex-wrap items-baseline gap-x-3">
            <a href={`/propuestas/${code}`} className="py-2">
              {pickText(locale, title)}
            </a>
            <Soles cents={costCents} />
            <Tag tone={state === 'funded' ? 'success' : 'neutral'}>
              {t(`proposalState.${state}`)}
            </Tag>
          </li>
        ))}
      </ul>
      {funded.length === 0 ? null : (
        <p className="mt-2 font-semibold">
          {t.rich('money', { count: funded.length, money: () => <Soles cents={cents} /> })}
        </p>
      )}
    </>
  );
}
