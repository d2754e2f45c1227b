import { useTranslations } from 'next-intl';
import { LocaleSwitch } from './locale-switch';
import { NarrowMenu } from './narrow-menu';
import { Wordmark } from './wordmark';
import { WovenBand } from './woven-band';

const PLACES = [
  { href: '/', key: 'home' },
  { href: '/plan', key: 'plan' },
  { href: '/propuestas', key: 'proposals' },
  { href: '/resultados', key: 'results' },
  { href: '/seguimiento', key: 'followUp' },
  { href: '/comprobar', key: 'check' },
] as const;

/** The header of resident pages. */
export function SiteHeader() {
  const t = useTranslations('common.nav');
  return (
    <header className="print:hidden">
      <div className="mx-auto flex max-w-(--container-page) flex-wrap items-start justify-between gap-x-6 px-4 pt-3 sm:px-6">
        <div className="max-md:w-full max-md:pb-2">
          <Wordmark />
        </div>
        <NarrowMenu>
          <nav aria-label={t('label')}>
            <ul className="divide-line border-line mt-2 divide-y border-y">
              {PLACES.map(({ href, key }) => (
                <li key={href}>
                  <a href={href} className="flex min-h-12 items-center py-2">
                    {t(key)}
                  </a>
                </li>
              ))}
              <li>
                <a href="/votar" className="flex min-h-12 items-center py-2 font-semibold">
                  {t('vote')}
                </a>
              </li>
            </ul>
          </nav>
        </NarrowMenu>
        <LocaleSwitch />
      </div>
      <nav
        aria-label={t('label')}
        className="mx-auto hidden max-w-(--container-page) px-6 md:block"
      >
        <ul className="-ml-3 flex flex-wrap items-center pb-2">
          {PLACES.map(({ href, key }) => (
            <li key={href}>
              <a
                href={href}
                className="text-ink flex min-h-12 items-center px-3 no-underline hover:underline"
              >
                {t(key)}
              </a>
            </li>
          ))}
          <li className="ml-auto">
            <a
              href="/votar"
              className="bg-accent hover:bg-accent-strong inline-flex min-h-12 items-center rounded-md px-5 font-semibold text-white no-underline"
            >
              {t('vote')}
            </a>
          </li>
        </ul>
      </nav>
      <WovenBand />
    </header>
  );
}
