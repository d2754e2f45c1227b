import { getTranslations } from 'next-intl/server';
import { DateTime } from '@/components/date';
import { DataTable } from '@/components/ui/table';
import type { ListDates } from '@/lib/lists/types';

/** From when to when the list can be asked, challenged, and is final. */
export async function ListCalendar({ dates }: { readonly dates: ListDates }) {
  const t = await getTranslations('lists.calendar');
  return (
    <DataTable
      caption={t('title')}
      head={[t('step'), t('when')]}
      rows={(['listsOpenAt', 'challengesCloseAt', 'finalAt'] as const).map((step) => [
        t(step),
        <DateTime key={step} value={dates[step]} />,
      ])}
    />
  );
}
