import { useTranslations } from 'next-intl';
import { Bar } from '@/components/charts/bar';
import { formatCount } from '@/components/count';
import { isDimensionCode } from '@/components/dimension';
import { Soles } from '@/components/money';
import type { ProposalDetail } from '@/lib/proposals/queries';
import { addressOf } from '@/lib/proposals/input';
import { shareTenths } from '@/lib/proposals/rules';
import { formatPercent } from '@/lib/shared/percent';

/** Cost against its envelope, and who stands behind the proposal. */
export function Facts({ proposal }: { readonly proposal: ProposalDetail }) {
  const t = useTranslations('proposals');
  const tenths = shareTenths(proposal.costCents, proposal.envelopeCents);
  const scope = proposal.envelopeDistrictName ?? t('province');
  const tone =
    proposal.dimensionCode && isDimensionCode(proposal.dimensionCode)
      ? proposal.dimensionCode
      : 'accent';
  return (
    <aside
      aria-label={t('facts')}
      className="border-accent bg-surface mb-12 self-start border-t-8 px-5 pt-4 pb-6 max-md:order-first"
    >
      <p>{t('cost')}</p>
      <p className="text-4xl leading-tight font-semibold tracking-tight">
        <Soles cents={proposal.costCents} />
      </p>
      <div className="border-line-strong mt-4 border bg-white">
        <Bar share={proposal.costCents / Math.max(1, proposal.envelopeCents)} tone={tone} />
      </div>
      <p className="mt-2 text-base">
        {t('ofEnvelope', { percent: formatPercent(tenths / 1000), scope })}{' '}
        <a
          href={addressOf({
            cycleId: proposal.cycleId,
            envelopeId: proposal.envelopeId,
            dimension: null,
            state: null,
            words: null,
          })}
        >
          {t('sameEnvelope')}
        </a>
      </p>
      <dl className="mt-5 space-y-3 text-base">
        <Fact term={t('envelope')}>
          <Soles cents={proposal.envelopeCents} /> · {scope}
        </Fact>
        {proposal.beneficiaries === null ? null : (
          <Fact term={t('beneficiaries')}>{formatCount(proposal.beneficiaries)}</Fact>
        )}
        <Fact term={t('proposer')}>
          {proposal.proposerName} ({t(`proposerKind.${proposal.proposerKind}`)})
        </Fact>
        {proposal.competence ? (
          <Fact term={t('competence')}>{t(`competenceOf.${proposal.competence}`)}</Fact>
        ) : null}
      </dl>
    </aside>
  );
}

function Fact({ term, children }: { readonly term: string; readonly children: React.ReactNode }) {
  return (
    <div className="border-line border-t pt-2">
      <dt className="font-semibold">{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
