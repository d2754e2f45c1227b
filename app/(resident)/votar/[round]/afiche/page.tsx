import type { Metadata } from 'next';
import { createTranslator } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { qrDrawing } from '@/components/booth/qr';
import { QrCode } from '@/components/booth/slip';
import { PageHeader } from '@/components/ui/page-header';
import { WovenBand } from '@/components/woven-band';
import { registry } from '@/db/registry/client';
import { webEnv } from '@/lib/env';
import { frozenManifest } from '@/lib/rounds/queries';
import en from '@/messages/en/poster.json';
import es from '@/messages/es-PE/poster.json';
import { publicRound } from '../../open-round';

interface Props {
  readonly params: Promise<{ round: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('poster');
  return { title: t('title'), robots: { index: false } };
}

/** Four characters at a time can be read aloud and compared with the finger. */
function groups(hash: string): string[] {
  return hash.match(/.{1,4}/g) ?? [];
}

/** One A4 sheet for the wall: what is voted, its fingerprint, and how to check it. */
export default async function PosterPage({ params }: Props) {
  const { round } = await publicRound((await params).round);
  if (round.manifestHash === null) notFound();
  const [t, manifest] = await Promise.all([
    getTranslations('poster'),
    frozenManifest(registry(), round.id, round.manifestHash),
  ]);
  const address = new URL(`/votar/${round.id}`, webEnv().MINKA_SITE_URL);
  const short = `${address.host}${address.pathname}`;
  return (
    <>
      <div className="print:hidden">
        <PageHeader
          title={t('title')}
          lead={t('print')}
          back={{ href: `/votar/${round.id}`, label: t('back') }}
        />
      </div>
      <article lang="es" className="border-line max-w-[190mm] border p-6 print:border-0 print:p-0">
        <p className="text-lg">{manifest.municipality}</p>
        <h2 className="font-display text-4xl font-bold">{manifest.title.es}</h2>
        <p lang="en">{manifest.title.en}</p>
        <WovenBand />
        <div className="my-5 grid grid-cols-[1fr_45mm] gap-6">
          <div>
            <h3 className="text-2xl font-bold">{es.fingerprint}</h3>
            <p lang="en">{en.fingerprint}</p>
            <p
              translate="no"
              className="my-3 flex flex-wrap gap-x-4 gap-y-1 font-mono text-3xl font-semibold"
            >
              {groups(round.manifestHash).map((group, index) => (
                <span key={index}>{group}</span>
              ))}
            </p>
          </div>
          <figure>
            <QrCode drawing={qrDrawing(address.href)} label={es.join} />
            <figcaption className="text-sm">
              {es.join} · <span lang="en">{en.join}</span>
              <br />
              <strong className="break-all">{short}</strong>
            </figcaption>
          </figure>
        </div>
        <Words language="es" closesAt={round.closesAt} host={address.host} demo={manifest.demo} />
        <div lang="en" className="mt-5 text-base">
          <Words language="en" closesAt={round.closesAt} host={address.host} demo={manifest.demo} />
        </div>
      </article>
    </>
  );
}

/** The sheet speaks both languages, whichever the reader chose: it hangs on a wall. */
function Words({
  language,
  closesAt,
  host,
  demo,
}: {
  readonly language: 'es' | 'en';
  readonly closesAt: Date;
  readonly host: string;
  readonly demo: boolean;
}) {
  const locale = language === 'es' ? 'es-PE' : 'en';
  const when = new Intl.DateTimeFormat(locale, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'America/Lima',
  });
  const t = createTranslator({
    locale,
    messages: { poster: language === 'es' ? es : en },
    namespace: 'poster',
  });
  return (
    <>
      <p className="font-semibold">
        {t('until', { when: when.format(closesAt) })}
        {demo ? ` · ${t('demo')}` : ''}
      </p>
      <p className="my-3">{t('what')}</p>
      <p className="font-semibold">{t('how')}</p>
      <ol className="list-decimal pl-6">
        <li>{t('step1')}</li>
        <li>{t('step2')}</li>
        <li>{t('step3', { address: `${host}/verify` })}</li>
      </ol>
    </>
  );
}
