import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PasskeyEnrol, PasskeySignIn } from '@/components/staff/passkey-button';
import { QuietShell } from '@/components/quiet-shell';
import { ButtonLink } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { registry } from '@/db/registry/client';
import { staffIdentity } from '@/lib/auth/identity-web';
import { enrolmentHolder } from '@/lib/auth/tickets';
import { webEnv } from '@/lib/env';

interface Props {
  searchParams: Promise<{ enlace?: string; rechazado?: string; identidad?: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('staff.signIn');
  return { title: t('title'), robots: { index: false } };
}

export default async function SignInPage({ searchParams }: Props) {
  const [t, { enlace, rechazado, identidad }] = await Promise.all([
    getTranslations('staff.signIn'),
    searchParams,
  ]);
  const holder = typeof enlace === 'string' ? await enrolmentHolder(registry(), enlace) : null;
  const isSpent = (enlace !== undefined && holder === null) || rechazado !== undefined;
  const problems = {
    cancelled: t('problem.cancelled'),
    unsupported: t('problem.unsupported'),
    'link-spent': t('refused'),
    'not-verified': t('problem.notVerified'),
    'too-many': t('problem.tooMany'),
    offline: t('problem.offline'),
  };
  return (
    <QuietShell>
      <PageHeader title={t('title')} lead={t('lead')} />
      {isSpent ? (
        <Notice tone="danger" role="alert">
          {t('refused')}
        </Notice>
      ) : null}
      {identidad !== undefined && t.has(`identity.problem.${identidad}`) ? (
        <Notice tone="danger" role="alert">
          {t(`identity.problem.${identidad}`)}
        </Notice>
      ) : null}
      <noscript>
        <Notice tone="warning">{t('noScript')}</Notice>
      </noscript>
      {holder !== null && enlace !== undefined ? (
        <Section title={t('enrol.title', { name: holder.displayName })} lead={t('enrol.lead')}>
          <PasskeyEnrol
            ticket={enlace}
            words={{
              button: t('enrol.button'),
              name: t('enrol.name'),
              nameHint: t('enrol.nameHint'),
              nameDefault: t('enrol.nameDefault'),
              problems,
            }}
          />
        </Section>
      ) : (
        <Section title={t('passkey.title')} lead={t('passkey.lead')}>
          <PasskeySignIn words={{ button: t('passkey.button'), problems }} />
          {staffIdentity() === null ? null : (
            <div className="mt-6 max-w-(--container-text)">
              <p className="mb-4">{t('identity.lead')}</p>
              <ButtonLink href="/api/identity" variant="secondary">
                {t('identity.button')}
              </ButtonLink>
            </div>
          )}
          <p className="mt-6 max-w-(--container-text)">{t('passkey.lost')}</p>
          <p className="mt-6 flex flex-wrap gap-4">
            <ButtonLink href="/votar" variant="secondary">
              {t('vote')}
            </ButtonLink>
            {webEnv().MINKA_DEMO ? (
              <ButtonLink href="/demo" variant="secondary">
                {t('demo')}
              </ButtonLink>
            ) : null}
          </p>
        </Section>
      )}
    </QuietShell>
  );
}
