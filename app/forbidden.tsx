import { getTranslations } from 'next-intl/server';
import { QuietShell } from '@/components/quiet-shell';
import { ButtonLink } from '@/components/ui/button';
import { PageHeader } from '@/components/ui/page-header';
import { HOME_OF_ROLE } from '@/lib/auth/roles';
import { currentStaff } from '@/lib/auth/session';

export default async function Forbidden() {
  const [t, actor] = await Promise.all([getTranslations('staff.forbidden'), currentStaff()]);
  const [role] = actor?.roles ?? [];
  return (
    <QuietShell>
      <PageHeader title={t('title')} lead={t('lead')} />
      <p className="flex flex-wrap gap-4">
        {role ? <ButtonLink href={HOME_OF_ROLE[role]}>{t('home')}</ButtonLink> : null}
        <ButtonLink href="/ingresar" variant="secondary">
          {t('signIn')}
        </ButtonLink>
      </p>
    </QuietShell>
  );
}
