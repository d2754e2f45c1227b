import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { QuietShell } from '@/components/quiet-shell';
import { Button, ButtonLink } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { webEnv } from '@/lib/env';
import { enterWithTicket } from './actions';

interface Props {
  searchParams: Promise<{ enlace?: string; rechazado?: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('staff.signIn');
  return { title: t('title'), robots: { index: false } };
}

export default async function SignInPage({ searchParams }: Props) {
  const [t, { enlace, rechazado }] = await Promise.all([
    getTranslations('staff.signIn'),
    searchParams,
  ]);
  return (
    <QuietShell>
      <PageHeader title={t('title')} lead={t('lead')} />
      {rechazado ? (
        <Notice tone="danger" role="alert">
          {t('refused')}
        </Notice>
      ) : null}
      {enlace ? (
        <Section title={t('ready')} lead={t('readyHow')}>
          <form action={enterWithTicket}>
            <input type="hidden" name="ticket" value={enlace} />
            <Button>{t('enter')}</Button>
          </form>
        </Section>
      ) : (
        <Section title={t('byLink')} lead={t('byLinkHow')}>
          <p className="flex flex-wrap gap-4">
            <ButtonLink href="/votar" variant="secondary">
              {t('vote')}
            </ButtonLink>
            {webEnv().MINKA_DEMO ? <ButtonLink href="/demo">{t('demo')}</ButtonLink> : null}
          </p>
        </Section>
      )}
    </QuietShell>
  );
}
