import { useTranslations } from 'next-intl';
import { Soles } from '@/components/money';
import { ConfirmForm } from '@/components/ui/confirm-form';
import { Details } from '@/components/ui/details';
import { DIMENSION_IDS } from '@/lib/plan/types';
import type { PriorityView } from '@/lib/priorities/types';
import { adopt, reopen } from './actions';

/** The two acts that end or restart the deliberation: adopt all four, or start them over. */
export function Finish({ view }: { readonly view: PriorityView }) {
  const t = useTranslations('council.finish');
  if (view.decisions.length === 0) return null;
  const complete = view.decisions.length === DIMENSION_IDS.length;
  return (
    <div className="mt-8">
      {complete ? (
        <ConfirmForm
          action={adopt}
          variant="primary"
          hidden={{ proposal: view.id }}
          sentence={t.rich('adopt', {
            year: view.nextCycle.fiscalYear.toString(),
            ceiling: () => <Soles cents={view.nextCycle.ceilingCents} />,
          })}
          submit={t('adoptButton')}
        />
      ) : null}
      <Details summary={t('reopenTitle')}>
        <ConfirmForm
          action={reopen}
          hidden={{ proposal: view.id }}
          sentence={t('reopen')}
          reason={{ label: t('reopenReason'), hint: t('reopenHint') }}
          submit={t('reopenButton')}
        />
      </Details>
    </div>
  );
}
