import { getLocale, getTranslations } from 'next-intl/server';
import { DateTime } from '@/components/date';
import { DataTable } from '@/components/ui/table';
import { pickText } from '@/lib/i18n/text';
import { isJobNote, type RoundSummary } from '@/lib/rounds/types';
import { RoundState } from './round-state';

/** Rounds with what the worker last said of each. */
export async function RoundsTable({ rounds }: { readonly rounds: readonly RoundSummary[] }) {
  const [t, words, locale] = await Promise.all([
    getTranslations('admin.rounds'),
    getTranslations('rounds'),
    getLocale(),
  ]);
  if (rounds.length === 0) return <p>{t('none')}</p>;
  return (
    <DataTable
      caption={t('caption')}
      captionHidden
      head={[t('name'), t('state'), t('opens'), t('closes'), t('note')]}
      rows={rounds.map((round) => [
        <a key="name" href={`/admin/rounds/${round.id}`}>
          {pickText(locale, { es: round.nameEs, en: round.nameEn })}
        </a>,
        <RoundState key="state" state={round.state} />,
        <DateTime key="opens" value={round.opensAt} />,
        <DateTime key="closes" value={round.closesAt} />,
        round.jobNote !== null && isJobNote(round.jobNote) ? words(`note.${round.jobNote}`) : '',
      ])}
    />
  );
}
