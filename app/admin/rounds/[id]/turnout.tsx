import { getTranslations } from 'next-intl/server';
import { formatCount } from '@/components/count';
import { Section } from '@/components/ui/section';
import { DataTable } from '@/components/ui/table';
import { registry } from '@/db/registry/client';
import { issuedByGroup } from '@/lib/credentials/queries';
import { webEnv } from '@/lib/env';
import { readSnapshot, type LiveSnapshot } from '@/lib/results/snapshot';
import { frozenManifest } from '@/lib/rounds/queries';
import type { RoundDetail } from '@/lib/rounds/types';

const PATIENCE_MS = 2000;

/** Turnout by group: the same figures that any screen shows, hidden below the same k. */
export async function RoundTurnout({ round }: { readonly round: RoundDetail }) {
  if (round.manifestHash === null) return null;
  const [t, manifest, issued, snapshot] = await Promise.all([
    getTranslations('admin.turnout'),
    frozenManifest(registry(), round.id, round.manifestHash),
    issuedByGroup(registry(), round.id),
    liveSnapshot(round.id),
  ]);
  const cast = new Map(snapshot?.turnout.map((one) => [one.group, one.ballots]));
  const figure = (id: string): string => {
    const count = cast.get(id);
    if (snapshot === null) return '–';
    return count === null || count === undefined ? t('few') : formatCount(count);
  };
  const eligible = manifest.groups.reduce((sum, group) => sum + group.eligible, 0);
  const activated = Object.values(issued).reduce((sum, count) => sum + count, 0);
  return (
    <Section title={t('title')} lead={t('lead', { k: round.minGroup })}>
      {snapshot === null ? <p className="mb-4 font-semibold">{t('boxAway')}</p> : null}
      <DataTable
        caption={t('title')}
        captionHidden
        dense
        head={[t('group'), t('eligible'), t('activated'), t('ballots')]}
        numeric={[1, 2, 3]}
        rows={manifest.groups.map((group) => [
          group.name,
          formatCount(group.eligible),
          formatCount(issued[group.id] ?? 0),
          figure(group.id),
        ])}
        foot={[
          t('total'),
          formatCount(eligible),
          formatCount(activated),
          snapshot === null ? '–' : formatCount(snapshot.ballots),
        ]}
      />
    </Section>
  );
}

async function liveSnapshot(roundId: string): Promise<LiveSnapshot | null> {
  try {
    const path = `/v1/rounds/${encodeURIComponent(roundId)}/live`;
    const response = await fetch(new URL(path, webEnv().MINKA_BALLOT_BOX_URL), {
      signal: AbortSignal.timeout(PATIENCE_MS),
      cache: 'no-store',
    });
    return response.ok ? readSnapshot(await response.text()) : null;
  } catch {
    return null;
  }
}
