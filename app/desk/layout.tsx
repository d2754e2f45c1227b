import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { StaffShell } from '@/components/staff-shell';
import { hasRole } from '@/lib/auth/actor';
import { may } from '@/lib/auth/permissions';
import { requireAnyStaff } from '@/lib/auth/session';
import { StaffPerson } from '../ingresar/staff-person';

export default async function DeskLayout({ children }: { readonly children: ReactNode }) {
  const [t, studio, desk, admin, actor] = await Promise.all([
    getTranslations('studio.desk'),
    getTranslations('studio.nav'),
    getTranslations('desk.nav'),
    getTranslations('admin.nav'),
    requireAnyStaff(['officer', 'administrator', 'facilitator']),
  ]);
  const nav = [
    // Each sees what the own role opens: officers the desk, facilitators the halls.
    ...(hasRole(actor, 'officer') ? [{ href: '/desk', label: t('nav.home') }] : []),
    { href: '/desk/tablets', label: t('nav.tablets') },
    ...(may(actor, 'take-attendance')
      ? [
          { href: '/desk/attendance', label: desk('attendance') },
          { href: '/desk/shifts', label: desk('shifts') },
        ]
      : []),
    ...(hasRole(actor, 'officer') ? [{ href: '/desk/kiosks', label: desk('kiosks') }] : []),
    ...(hasRole(actor, 'officer') || hasRole(actor, 'facilitator')
      ? [{ href: '/desk/paper', label: desk('paper') }]
      : []),
    ...(may(actor, 'decide-lists') ? [{ href: '/admin/challenges', label: admin('lists') }] : []),
    ...(may(actor, 'register-proposals') ? [{ href: '/studio/nueva', label: studio('new') }] : []),
  ];
  return (
    <StaffShell title={t('area')} nav={nav} aside={<StaffPerson actor={actor} />}>
      {children}
    </StaffShell>
  );
}
