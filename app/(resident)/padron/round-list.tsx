import { getTranslations } from 'next-intl/server';
import { Section } from '@/components/ui/section';
import { registry } from '@/db/registry/client';
import { listRoundById } from '@/lib/lists/queries';
import { ListCalendar } from './calendar';

/** On a round's own page: when its list was out and final, and where to ask about oneself. */
export async function RollOfRound({ roundId }: { readonly roundId: string }) {
  const [t, round] = await Promise.all([
    getTranslations('lists.ask'),
    listRoundById(registry(), roundId),
  ]);
  return (
    <Section title={t('rollTitle')}>
      {round?.dates == null ? null : <ListCalendar dates={round.dates} />}
      <p>
        <a href={`/padron?votacion=${roundId}`}>{t('title')}</a>
      </p>
    </Section>
  );
}
