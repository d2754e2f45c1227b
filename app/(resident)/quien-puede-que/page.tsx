import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { DataTable } from '@/components/ui/table';
import { PERMISSIONS, type Permission } from '@/lib/auth/permissions';
import { HOME_OF_ROLE, type Role } from '@/lib/auth/roles';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('permissions');
  return { title: t('title') };
}

const ROLES = Object.keys(HOME_OF_ROLE) as Role[];
const ACTS = Object.keys(PERMISSIONS) as Permission[];
const NOBODY = ['see', 'change', 'vote', 'erase'] as const;

/** The table that the code itself obeys, for whoever wants to know who holds which power. */
export default async function PermissionsPage() {
  const t = await getTranslations('permissions');
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      <DataTable
        caption={t('caption')}
        head={[t('act'), ...ROLES.map((role) => t(`roles.${role}`))]}
        rows={ACTS.map((act) => [
          t(`acts.${act}`),
          ...ROLES.map((role) => {
            const allowed: readonly Role[] = PERMISSIONS[act];
            return allowed.includes(role) ? <strong key={role}>{t('yes')}</strong> : t('no');
          }),
        ])}
      />
      <Section title={t('nobody.title')}>
        <ul className="max-w-(--container-text) list-disc space-y-2 pl-6">
          {NOBODY.map((act) => (
            <li key={act}>{t(`nobody.${act}`)}</li>
          ))}
        </ul>
      </Section>
      <Notice tone="info">{t('recorded')}</Notice>
    </>
  );
}
