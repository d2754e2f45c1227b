import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { StaffShell } from '@/components/staff-shell';
import { hasRole } from '@/lib/auth/actor';
import { requireAnyStaff } from '@/lib/auth/session';
import { StaffPerson } from '../ingresar/staff-person';

export default async function DeskLayout({ children }: { readonly children: ReactNode }) {
  const [t, studio, desk, actor] = await Promise.all([
    getTranslations('studio.desk'),
    getTranslations('studio.nav'),
    getTranslations('desk.nav'),
    requireAnyStaff(['officer', 'administrator']),
  ]);
  const nav = [
    { href: '/desk', label: t('nav.home') },
    { href: '/desk/tablets', label: t('nav.tablets') },
    // What only officers do.
    ...(hasRole(actor, 'officer')
      ? [
          { href: '/desk/kiosks', label: desk('kiosks') },
          { href: '/desk/paper', label: desk('paper') },
        ]
      : []),
    { href: '/studio/nueva', label: studio('new') },
  ];
  return (
    <StaffShell title={t('area')} nav={nav} aside={<StaffPerson actor={actor} />}>
      {children}
    </StaffShell>
  );
}
