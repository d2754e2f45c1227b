import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { QuietShell } from '@/components/quiet-shell';
import { Button, ButtonLink } from '@/components/ui/button';
import { PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { DataTable } from '@/components/ui/table';
import { registry } from '@/db/registry/client';
import { DISTRICTS } from '@/db/seed/districts';
import { demoRoll } from '@/db/seed/roll';
import { demoPeople } from '@/lib/auth/people';
import { webEnv } from '@/lib/env';
import { pickText } from '@/lib/i18n/text';
import { listRounds } from '@/lib/rounds/queries';
import { enterAsDemoPerson } from '../ingresar/actions';

const SHOWN_DISTRICTS = ['120101', '120107', '120114', '120125', '120122'];

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('staff.demo');
  return { title: t('title'), robots: { index: false } };
}

/** Exists in the demonstration only. */
export default async function DemoPage() {
  if (!webEnv().MINKA_DEMO) notFound();
  const [t, words, people, rounds, locale] = await Promise.all([
    getTranslations('staff.demo'),
    getTranslations('staff'),
    demoPeople(registry()),
    listRounds(registry()),
    getLocale(),
  ]);
  return (
    <QuietShell>
      <PageHeader title={t('title')} lead={t('lead')} />
      <Section title={t('staff')}>
        <ul className="divide-line border-line divide-y border-y">
          {people.map((person) => (
            <li key={person.id} className="flex flex-wrap items-center justify-between gap-4 py-4">
              <div className="max-w-md">
                <p className="font-semibold">
                  {person.displayName} · {words(`roles.${person.role}`)}
                </p>
                <p className="text-ink-soft text-base">{words(`can.${person.role}`)}</p>
              </div>
              <form action={enterAsDemoPerson}>
                <input type="hidden" name="person" value={person.id} />
                <Button>{t('enter', { name: person.displayName })}</Button>
              </form>
            </li>
          ))}
        </ul>
      </Section>
      <Section title={t('residents')} lead={t('residentsHow')}>
        <DataTable
          caption={t('residentsCaption')}
          head={[t('district'), t('dni'), t('phone')]}
          rows={demoResidents()}
        />
        <p className="mt-4 flex flex-wrap gap-4">
          <ButtonLink href="/votar">{t('vote')}</ButtonLink>
          <ButtonLink href="/demo/outbox" variant="secondary">
            {t('outbox')}
          </ButtonLink>
        </p>
      </Section>
      <Section title={t('places')}>
        <ul className="space-y-2">
          {rounds.map((round) => (
            <li key={round.id}>
              <a href={`/screen/${round.screenCode}`}>
                {t('screen')}: {pickText(locale, { es: round.nameEs, en: round.nameEn })}
              </a>
            </li>
          ))}
        </ul>
      </Section>
    </QuietShell>
  );
}

/** Two fictitious residents of each of a few districts. */
function demoResidents(): string[][] {
  const roll = demoRoll();
  return SHOWN_DISTRICTS.flatMap((code) => {
    const name = DISTRICTS.find((district) => district.code === code)?.name ?? code;
    return roll
      .filter((resident) => resident.districtCode === code)
      .slice(0, 2)
      .map((resident) => [name, resident.dni, resident.phone]);
  });
}
