import { createTranslator } from 'next-intl';
import en from '@/messages/en/poster.json';
import es from '@/messages/es-PE/poster.json';
import { qrDrawing } from './booth/qr';
import { QrCode } from './booth/slip';
import { WovenBand } from './woven-band';

export interface PosterContent {
  readonly municipality: string;
  readonly title: { readonly es: string; readonly en: string };
  readonly closesAt: Date;
  readonly demo: boolean;
  /** Base64url SHA-256 of the manifest. */
  readonly manifestHash: string;
  /** Where the vote is. */
  readonly address: URL;
}

/**
 * One A4 sheet for the wall: what is voted, its fingerprint, and how to check it. It speaks both
 * languages, whichever the reader of the page chose.
 */
export function Poster({ municipality, title, manifestHash, address, ...rest }: PosterContent) {
  const words = { ...rest, host: address.host };
  return (
    <article
      lang="es"
      className="border-line max-w-[190mm] border p-6 leading-snug print:border-0 print:p-0"
    >
      <p className="text-lg">{municipality}</p>
      <h2 className="font-display text-4xl leading-tight font-bold">{title.es}</h2>
      <p lang="en" className="mb-3">
        {title.en}
      </p>
      <WovenBand />
      <div className="my-5 grid grid-cols-[1fr_45mm] gap-8">
        <div>
          <h3 className="text-2xl font-bold">{es.fingerprint}</h3>
          <p lang="en">{en.fingerprint}</p>
          <p
            translate="no"
            className="mt-3 flex flex-wrap gap-x-5 gap-y-1 font-mono text-4xl font-semibold"
          >
            {fours(manifestHash).map((four, index) => (
              <span key={index}>{four}</span>
            ))}
          </p>
        </div>
        <figure>
          <QrCode drawing={qrDrawing(address.href)} label={es.join} />
          <figcaption className="mt-1 text-sm">
            {es.join} · <span lang="en">{en.join}</span>
            <strong className="mt-1 block break-all">{`${address.host}${address.pathname}`}</strong>
          </figcaption>
        </figure>
      </div>
      <Words locale="es-PE" {...words} />
      <div lang="en" className="border-line mt-5 border-t pt-4 text-base">
        <Words locale="en" {...words} />
      </div>
    </article>
  );
}

/** Four characters at a time can be read aloud and compared with a finger. */
function fours(hash: string): string[] {
  return hash.match(/.{1,4}/g) ?? [];
}

function Words({
  locale,
  closesAt,
  host,
  demo,
}: {
  readonly locale: 'es-PE' | 'en';
  readonly closesAt: Date;
  readonly host: string;
  readonly demo: boolean;
}) {
  const when = new Intl.DateTimeFormat(locale, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'America/Lima',
  });
  const t = createTranslator({
    locale,
    messages: { poster: locale === 'en' ? en : es },
    namespace: 'poster',
  });
  return (
    <>
      <p className="font-semibold">{t('until', { when: when.format(closesAt) })}</p>
      {demo ? <p className="font-semibold">{t('demo')}</p> : null}
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
