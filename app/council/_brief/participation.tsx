import { useTranslations } from 'next-intl';
import { formatCount } from '@/components/count';
import { Section } from '@/components/ui/section';
import { DataTable } from '@/components/ui/table';
import type { GatedTurnout, Turnout } from '@/lib/results/gate';
import type { DistrictPlace } from '@/lib/results/types';
import { formatPercent } from '@/lib/shared/percent';

/** Who took part, by district, against the people who live there; two tables side by side on A4. */
export function Participation({
  turnout,
  places,
  minGroup,
}: {
  readonly turnout: Turnout;
  readonly places: readonly DistrictPlace[];
  readonly minGroup: number;
}) {
  const t = useTranslations('council.participation');
  const hidden = useTranslations('results.hidden');
  const people = (group: GatedTurnout): number =>
    places
      .filter((place) => group.districts.includes(place.code))
      .reduce((sum, place) => sum + place.population, 0);
  const groups = [...turnout.groups].sort((a, b) => people(b) - people(a));
  const half = Math.ceil(groups.length / 2);
  const whole = groups.reduce((sum, group) => sum + people(group), 0);
  const share = (part: number, of: number): string => (of === 0 ? '—' : formatPercent(part / of));
  const row = (group: GatedTurnout) => [
    group.name,
    share(people(group), whole),
    group.ballots === null
      ? hidden(group.hidden === 'shield' ? 'shield' : 'few', { k: minGroup })
      : formatCount(group.ballots),
    group.ballots === null || turnout.ballots === null
      ? '—'
      : share(group.ballots, turnout.ballots),
  ];
  const years = [...new Set(places.map((place) => place.populationYear))].join(', ');
  return (
    <Section
      title={t('title')}
      lead={
        turnout.ballots === null
          ? undefined
          : t('lead', {
              ballots: formatCount(turnout.ballots),
              eligible: formatCount(turnout.eligible),
              share: share(turnout.ballots, turnout.eligible),
              years,
            })
      }
    >
      <div className="grid gap-x-10 lg:grid-cols-2 print:grid-cols-2 print:gap-x-6">
        {[groups.slice(0, half), groups.slice(half)]
          .filter((part) => part.length > 0)
          .map((part, at) => (
            <DataTable
              key={part[0]?.id}
              caption={t(at === 0 ? 'larger' : 'smaller')}
              captionHidden
              dense
              head={[t('district'), t('population'), t('ballots'), t('share')]}
              numeric={[1, 2, 3]}
              rows={part.map(row)}
            />
          ))}
      </div>
    </Section>
  );
}
