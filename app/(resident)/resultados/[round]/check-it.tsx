import { useTranslations } from 'next-intl';
import { Details } from '@/components/ui/details';
import { Section } from '@/components/ui/section';
import type { PublicResult } from '@/lib/results/gate';

/** How anyone counts again without trusting this site: what was counted, with which rule and lot. */
export function CheckIt({
  result,
  version,
  recordUrl,
}: {
  readonly result: PublicResult;
  readonly version: number;
  /** Folder of the round's public record, at the ballot box. */
  readonly recordUrl: string;
}) {
  const t = useTranslations('results');
  const figures = [
    ['inputHash', result.inputHash],
    ['manifestHash', result.manifestHash],
    ['recordRoot', result.recordRoot],
    ['lotSeed', result.lotSeed],
    ['engine', result.engine],
    ['version', version.toString()],
  ] as const;
  return (
    <Section id="verificar" title={t('check.title')} lead={t('check.lead')}>
      <ol className="mb-6 max-w-(--container-text) list-decimal space-y-3 pl-6">
        <li>{t.rich('check.receipt', { link: (text) => <a href="/comprobar">{text}</a> })}</li>
        <li>
          {t.rich('check.record', {
            link: (text) => <a href={`${recordUrl}/manifest.json`}>{text}</a>,
          })}
        </li>
        <li>
          {t.rich('check.recount', {
            link: (text) => (
              <a href={`/verify?record=${encodeURIComponent(`${recordUrl}/`)}`}>{text}</a>
            ),
          })}
        </li>
      </ol>
      <Details summary={t('check.figures')}>
        <p className="mb-4 max-w-(--container-text)">
          {t.rich('check.manifestWhat', {
            poster: (text) => <a href={`/votar/${result.round}/afiche`}>{text}</a>,
          })}
        </p>
        <dl className="space-y-4">
          {figures.map(([key, value]) => (
            <div key={key}>
              <dt className="font-semibold">{t(`check.${key}`)}</dt>
              <dd>
                <code className="text-base break-all">{value}</code>
              </dd>
            </div>
          ))}
        </dl>
      </Details>
      <Details summary={t('check.recipe')}>
        <p className="max-w-(--container-text)">{t('check.recipeText')}</p>
        <pre className="bg-surface mt-3 overflow-x-auto p-4 text-base" tabIndex={0}>
          {[
            'printf \'minka-tally-input-v1\\n%s\\n\' "$MANIFIESTO" > entrada.txt',
            'sort hojas.txt >> entrada.txt',
            'sha256sum entrada.txt',
          ].join('\n')}
        </pre>
      </Details>
    </Section>
  );
}
