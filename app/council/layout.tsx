import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { StaffShell } from '@/components/staff-shell';
import { requirePermission } from '@/lib/auth/session';
import { StaffPerson } from '../ingresar/staff-person';

export default async function CouncilLayout({ children }: { readonly children: ReactNode }) {
  const [t, actor] = await Promise.all([
    getTranslations('council.nav'),
    requirePermission('decide-priorities'),
  ]);
  const nav = [
    { href: '/council', label: t('brief') },
    { href: '/council/priorities', label: t('priorities') },
    { href: '/resultados', label: t('results') },
    { href: '/seguimiento', label: t('followUp') },
  ];
  return (
    <StaffShell title={t('area')} nav={nav} aside={<StaffPerson actor={actor} />}>
      {children}
    </StaffShell>
  );
}
