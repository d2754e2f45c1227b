import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { StaffShell } from '@/components/staff-shell';
import { requireStaff } from '@/lib/auth/session';
import { StaffPerson } from '../ingresar/staff-person';

export default async function AdminLayout({ children }: { readonly children: ReactNode }) {
  const [t, actor] = await Promise.all([getTranslations('admin'), requireStaff('administrator')]);
  const nav = [
    { href: '/admin', label: t('nav.home') },
    { href: '/admin/rounds', label: t('nav.rounds') },
    { href: '/admin/plan', label: t('nav.plan') },
    { href: '/admin/audit', label: t('nav.audit') },
    { href: '/admin/people', label: t('nav.people') },
    { href: '/admin/approvals', label: t('nav.approvals') },
    { href: '/studio', label: t('nav.studio') },
  ];
  return (
    <StaffShell title={t('area')} nav={nav} aside={<StaffPerson actor={actor} />}>
      {children}
    </StaffShell>
  );
}
