import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { StaffShell } from '@/components/staff-shell';
import { requirePermission } from '@/lib/auth/session';
import { StaffPerson } from '../ingresar/staff-person';

export default async function StudioLayout({ children }: { readonly children: ReactNode }) {
  const [t, actor] = await Promise.all([
    getTranslations('studio'),
    requirePermission('register-proposals'),
  ]);
  const nav = [
    { href: '/studio', label: t('nav.list') },
    { href: '/studio/nueva', label: t('nav.new') },
  ];
  return (
    <StaffShell title={t('area')} nav={nav} aside={<StaffPerson actor={actor} />}>
      {children}
    </StaffShell>
  );
}
