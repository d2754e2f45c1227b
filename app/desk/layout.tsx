import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { StaffShell } from '@/components/staff-shell';
import { opens } from '@/lib/auth/routes';
import { requirePermission } from '@/lib/auth/session';
import { StaffPerson } from '../ingresar/staff-person';

export default async function DeskLayout({ children }: { readonly children: ReactNode }) {
  const [t, studio, desk, admin, actor] = await Promise.all([
    getTranslations('studio.desk'),
    getTranslations('studio.nav'),
    getTranslations('desk.nav'),
    getTranslations('admin'),
    requirePermission('serve-at-desk', 'keep-shifts', 'sign-shifts', 'handle-tablets'),
  ]);
  const nav = [
    { href: '/desk', label: t('nav.home') },
    { href: '/desk/tablets', label: t('nav.tablets') },
    { href: '/desk/attendance', label: desk('attendance') },
    { href: '/desk/shifts', label: desk('shifts') },
    { href: '/desk/kiosks', label: desk('kiosks') },
    { href: '/desk/paper', label: desk('paper') },
    { href: '/admin/challenges', label: admin('nav.lists') },
    { href: '/studio/nueva', label: studio('new') },
    { href: '/admin', label: admin('area') },
  ].filter(({ href }) => opens(actor, href));
  return (
    <StaffShell title={t('area')} nav={nav} aside={<StaffPerson actor={actor} />}>
      {children}
    </StaffShell>
  );
}
