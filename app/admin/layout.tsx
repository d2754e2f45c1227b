import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { StaffShell } from '@/components/staff-shell';
import { opens } from '@/lib/auth/routes';
import { requireStaff } from '@/lib/auth/session';
import { StaffPerson } from '../ingresar/staff-person';

export default async function AdminLayout({ children }: { readonly children: ReactNode }) {
  const [t, actor] = await Promise.all([getTranslations('admin'), requireStaff()]);
  const nav = [
    { href: '/admin', label: t('nav.home') },
    { href: opens(actor, '/desk') ? '/desk' : '/desk/tablets', label: t('nav.desk') },
    { href: '/admin/rounds', label: t('nav.rounds') },
    { href: '/admin/roll', label: t('nav.roll') },
    { href: '/admin/letters', label: t('nav.letters') },
    { href: '/admin/plan', label: t('nav.plan') },
    { href: '/admin/challenges', label: t('nav.lists') },
    { href: '/admin/agents', label: t('nav.agents') },
    { href: '/admin/privacy', label: t('nav.privacy') },
    { href: '/admin/audit', label: t('nav.audit') },
    { href: '/admin/people', label: t('nav.people') },
    { href: '/admin/approvals', label: t('nav.approvals') },
    { href: '/studio', label: t('nav.studio') },
  ].filter(({ href }) => opens(actor, href));
  return (
    <StaffShell title={t('area')} nav={nav} aside={<StaffPerson actor={actor} />}>
      {children}
    </StaffShell>
  );
}
