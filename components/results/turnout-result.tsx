import { useTranslations } from 'next-intl';
import type { GatedTurnout, Turnout } from '@/lib/results/gate';
import type { DistrictPlace } from '@/lib/results/types';
import { formatPercent } from '@/lib/shared/percent';
import { formatCount } from '../count';
import { DistrictMap, type DistrictPoint } from '../charts/district-map';
import { DataTable } from '../ui/table';
import { Section } from '../ui/section';

/** Who took part, by district: counted against the roll, small groups hidden together. */
export function TurnoutResult({
  turnout,
  places,
  minGroup,
}: {
  readonly turnout: Turnout;
  readonly places: readonly DistrictPlace[];
  readonly minGroup: number;
}) {
  const t = useTranslations('results');
  const figure = (group: GatedTurnout): string =>
    group.ballots === null
      ? t(group.hidden === 'shield' ? 'hidden.shield' : 'hidden.few', { k: minGroup })
      : formatCount(group.ballots);
  const share = (ballots: number | null, eligible: number): string =>
    ballots === null || eligible === 0 ? '—' : formatPercent(ballots / eligible);
  const isHidden = (how: 'few' | 'shield'): boolean =>
    turnout.groups.some((group) => group.hidden === how);
  const total =
    turnout.ballots === null ? t('hidden.few', { k: minGroup }) : formatCount(turnout.ballots);
  return (
    <Section id="participacion" title={t('turnout.title')} lead={t('turnout.lead')}>
      {/* Its names cannot be read on a narrow screen; the table has every figure. */}
      <div className="max-sm:hidden print:block">
        <DistrictMap
          caption={t('turnout.map')}
          districts={turnout.groups.flatMap((group) => pointOf(group, places))}
        />
      </div>
      <DataTable
        caption={t('turnout.table')}
        head={[
          t('turnout.district'),
          t('turnout.eligible'),
          t('turnout.issued'),
          t('turnout.ballots'),
          t('turnout.share'),
        ]}
        numeric={[1, 2, 3, 4]}
        dense
        rows={[...turnout.groups]
          .sort((a, b) => (b.ballots ?? -1) - (a.ballots ?? -1) || (a.name < b.name ? -1 : 1))
          .map((group) => [
            group.name,
            formatCount(group.eligible),
            group.issued === null ? '—' : formatCount(group.issued),
            figure(group),
            share(group.ballots, group.eligible),
          ])}
        foot={[
          t('turnout.total'),
          formatCount(turnout.eligible),
          '',
          total,
          share(turnout.ballots, turnout.eligible),
        ]}
      />
      {isHidden('few') ? (
        <p className="max-w-(--container-text)">
          {t('turnout.few', { k: minGroup })} {isHidden('shield') ? t('turnout.shield') : null}
        </p>
      ) : null}
    </Section>
  );
}

/** A group of districts stands in the middle of them. */
function pointOf(group: GatedTurnout, places: readonly DistrictPlace[]): DistrictPoint[] {
  const own = places.filter((place) => group.districts.includes(place.code));
  if (own.length === 0) return [];
  const mean = (pick: (place: DistrictPlace) => number): number =>
    own.reduce((sum, place) => sum + pick(place), 0) / own.length;
  return [
    {
      code: group.id,
      name: group.name,
      latitude: mean((place) => place.latitude),
      longitude: mean((place) => place.longitude),
      value: group.ballots,
    },
  ];
}
