import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { Poster } from '@/components/poster';
import { PageHeader } from '@/components/ui/page-header';
import { registry } from '@/db/registry/client';
import { webEnv } from '@/lib/env';
import { frozenManifest } from '@/lib/rounds/queries';
import { publicRound } from '../../open-round';

interface Props {
  readonly params: Promise<{ round: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('poster');
  return { title: t('title'), robots: { index: false } };
}

/** The poster of a vote, to be printed when it opens. */
export default async function PosterPage({ params }: Props) {
  const { round } = await publicRound((await params).round);
  if (round.manifestHash === null) notFound();
  const [t, manifest] = await Promise.all([
    getTranslations('poster'),
    frozenManifest(registry(), round.id, round.manifestHash),
  ]);
  return (
    <>
      <div className="print:hidden">
        <PageHeader
          title={t('title')}
          lead={t('print')}
          back={{ href: `/votar/${round.id}`, label: t('back') }}
        />
      </div>
      <Poster
        municipality={manifest.municipality}
        title={manifest.title}
        closesAt={round.closesAt}
        demo={manifest.demo}
        manifestHash={round.manifestHash}
        address={new URL(`/votar/${round.id}`, webEnv().MINKA_SITE_URL)}
      />
    </>
  );
}
