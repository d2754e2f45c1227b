import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { isFreshNow } from '@/lib/auth/fresh';
import { StepUp } from './step-up';

/**
 * Shows the forms of dangerous acts to who touched a passkey within the last five minutes, and the
 * button for it to others: so nobody fills in a reason only to be sent away. The acts ask again.
 */
export async function FreshGate({ children }: { readonly children: ReactNode }) {
  if (await isFreshNow()) return children;
  const t = await getTranslations('staff.fresh');
  return (
    <div className="border-line my-4 border-l-4 pl-5">
      <p className="mb-4 max-w-(--container-text)">{t('gate')}</p>
      <StepUp />
    </div>
  );
}
