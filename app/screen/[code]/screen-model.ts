import 'server-only';
import QRCode from 'qrcode';
import {
  groupLabel,
  qrRow,
  shortLabel,
  type ScreenBar,
  type ScreenContest,
  type ScreenModel,
} from '@/components/screen/model';
import { registry } from '@/db/registry/client';
import { databaseNow } from '@/db/registry/clock';
import { webEnv } from '@/lib/env';
import type { Locale } from '@/lib/i18n/locale';
import { pickText } from '@/lib/i18n/text';
import type { GatedContest } from '@/lib/results/gate';
import { publishedResult } from '@/lib/results/queries';
import type { Contest, Manifest } from '@/lib/rounds/manifest';
import { frozenManifest } from '@/lib/rounds/queries';
import type { RoundDetail } from '@/lib/rounds/types';
import { formatSoles } from '@/lib/shared/money';

/** All that the wall needs of a round, small enough to travel in the page. */
export async function screenModel(
  round: RoundDetail,
  locale: Locale,
  moreThanOne: (first: string, others: number) => string,
): Promise<ScreenModel> {
  const db = registry();
  const [manifest, published, serverNow] = await Promise.all([
    round.manifestHash ? frozenManifest(db, round.id, round.manifestHash) : null,
    round.state === 'published' ? publishedResult(round.id, db) : null,
    databaseNow(db),
  ]);
  const join = new URL('/votar', webEnv().MINKA_SITE_URL);
  return {
    code: round.screenCode,
    roundId: round.id,
    name: pickText(locale, { es: round.nameEs, en: round.nameEn }),
    isDemo: manifest?.demo ?? webEnv().MINKA_DEMO,
    boxUrl: webEnv().MINKA_BALLOT_BOX_URL.replace(/\/$/, ''),
    state: round.state,
    opensAt: round.opensAt.toISOString(),
    closesAt: round.closesAt.toISOString(),
    serverNow: serverNow.toISOString(),
    hasLiveBars: round.livePolicy === 'live',
    minGroup: round.minGroup,
    manifestHash: round.manifestHash,
    joinAddress: `${join.host}${join.pathname}`,
    qr: qrOf(join.href),
    groups: groupsOf(manifest, moreThanOne),
    contests: manifest?.contests.map((contest) => contestOf(contest, locale)) ?? [],
    results: published && {
      ballots: published.result.turnout.ballots,
      bars: Object.fromEntries(
        published.result.contests.map((contest) => [contest.id, barsOf(contest)]),
      ),
    },
  };
}

function groupsOf(
  manifest: Manifest | null,
  moreThanOne: (first: string, others: number) => string,
): ScreenModel['groups'] {
  return (manifest?.groups ?? [])
    .map(({ id, name, eligible }) => ({ id, label: groupLabel(name, moreThanOne), eligible }))
    .sort((a, b) => b.eligible - a.eligible || (a.id < b.id ? -1 : 1));
}

function contestOf(contest: Contest, locale: Locale): ScreenContest {
  const options = contest.kind === 'rank' ? contest.rows : contest.proposals;
  return {
    id: contest.id,
    kind: contest.kind,
    title: pickText(locale, contest.title),
    isForAll: contest.groups === 'all',
    envelope: contest.kind === 'allocate' ? formatSoles(contest.envelopeCents) : null,
    labels: Object.fromEntries(
      options.map(({ id, label }) => [id, shortLabel(pickText(locale, label))]),
    ),
  };
}

/** The published order with the figures that the gate lets out. */
function barsOf(contest: GatedContest): ScreenBar[] {
  if (contest.kind === 'rank') {
    const points = new Map(contest.result?.ranking.map(({ id, score }) => [id, score]));
    return contest.order.map((id) => ({ id, votes: points.get(id) ?? null, funded: false }));
  }
  const votes = new Map(contest.result?.projects.map((project) => [project.id, project.votes]));
  const won = new Set(contest.winners);
  const others = contest.proposals
    .filter(({ id }) => !won.has(id))
    .sort((a, b) => (votes.get(b.id) ?? 0) - (votes.get(a.id) ?? 0) || (a.id < b.id ? -1 : 1));
  return [
    ...contest.winners.map((id) => ({ id, votes: votes.get(id) ?? null, funded: true })),
    ...others.map(({ id }) => ({ id, votes: votes.get(id) ?? null, funded: false })),
  ];
}

function qrOf(text: string): ScreenModel['qr'] {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  const along = Array.from({ length: modules.size }, (_, index) => index);
  return {
    side: modules.size,
    rows: along.map((y) => qrRow(along.map((x) => modules.get(y, x) === 1))),
  };
}
