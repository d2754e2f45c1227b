import { useTranslations } from 'next-intl';
import { PhoneLine } from './phone-line';
import { WovenBand } from './woven-band';

const LINKS = [
  { href: '/ayuda', key: 'help' },
  { href: '/padron', key: 'padron' },
  { href: '/agentes', key: 'agents' },
  { href: '/privacidad', key: 'privacy' },
  { href: '/accesibilidad', key: 'accessibility' },
  { href: '/quien-puede-que', key: 'permissions' },
  { href: '/ingresar', key: 'staff' },
] as const;

export function SiteFooter() {
  const t = useTranslations('common');
  return (
    <footer className="mt-auto pt-12">
      <WovenBand />
      <div className="bg-surface">
        <div className="mx-auto max-w-(--container-page) px-4 py-8 sm:px-6">
          <PhoneLine />
          <nav aria-label={t('footer.links')} className="mt-4 print:hidden">
            <ul className="flex flex-wrap gap-x-6">
              {LINKS.map(({ href, key }) => (
                <li key={href}>
                  <a href={href} className="inline-flex min-h-12 items-center">
                    {t(`footer.${key}`)}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
          <p className="mt-4 max-w-(--container-text) text-base">
            {t('municipality')}. {t('footer.law')}
          </p>
        </div>
      </div>
    </footer>
  );
}
