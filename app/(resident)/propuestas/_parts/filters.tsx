import { useTranslations } from 'next-intl';
import { DIMENSION_CODES } from '@/components/dimension';
import { Button } from '@/components/ui/button';
import { Select, TextInput } from '@/components/ui/field';
import type { CycleSummary, EnvelopeSummary } from '@/lib/cycle/queries';
import { FILTER_NAMES } from '@/lib/proposals/input';
import { PUBLIC_STATES } from '@/lib/proposals/policy';
import type { ProposalFilters } from '@/lib/proposals/types';

/** A plain GET form: the address holds the filters, so a list can be shared and works without JavaScript. */
export function Filters({
  filters,
  cycles,
  envelopes,
}: {
  readonly filters: ProposalFilters;
  readonly cycles: readonly CycleSummary[];
  readonly envelopes: readonly EnvelopeSummary[];
}) {
  const t = useTranslations('proposals');
  const dimension = useTranslations('common.dimension');
  const any = { value: '', label: t('filter.all') };
  return (
    <form
      action="/propuestas"
      role="search"
      aria-label={t('filter.label')}
      className="border-accent bg-surface mb-10 border-t-4 px-4 pt-4 pb-5 sm:px-6"
    >
      <div className="grid grid-cols-2 gap-x-4 sm:gap-x-6 lg:grid-cols-4 [&>div]:mb-4">
        <Select
          id="dimension"
          name={FILTER_NAMES.dimension}
          label={t('filter.dimension')}
          defaultValue={filters.dimension ?? ''}
          options={[any, ...DIMENSION_CODES.map((value) => ({ value, label: dimension(value) }))]}
        />
        <Select
          id="fondo"
          name={FILTER_NAMES.envelopeId}
          label={t('filter.envelope')}
          defaultValue={filters.envelopeId ?? ''}
          options={[
            any,
            ...envelopes.map((envelope) => ({
              value: envelope.id,
              label: envelope.districtName ?? t('province'),
            })),
          ]}
        />
        <Select
          id="estado"
          name={FILTER_NAMES.state}
          label={t('filter.state')}
          defaultValue={filters.state ?? ''}
          options={[any, ...PUBLIC_STATES.map((value) => ({ value, label: t(`state.${value}`) }))]}
        />
        <Select
          id="proceso"
          name={FILTER_NAMES.cycleId}
          label={t('filter.cycle')}
          defaultValue={filters.cycleId ?? ''}
          options={cycles.map(({ id, fiscalYear }) => ({ value: id, label: String(fiscalYear) }))}
        />
      </div>
      <div className="flex flex-wrap items-end gap-x-4 [&>div]:mb-0 [&>div]:min-w-0 [&>div]:flex-1 [&>div]:basis-72">
        <TextInput
          id="buscar"
          name={FILTER_NAMES.words}
          type="search"
          label={t('filter.words')}
          defaultValue={filters.words ?? ''}
          maxLength={80}
        />
        <Button className="mt-4">{t('filter.submit')}</Button>
        <a href="/propuestas" className="inline-flex min-h-12 items-center">
          {t('filter.clear')}
        </a>
      </div>
    </form>
  );
}
