import { getTranslations } from 'next-intl/server';
import { Button } from '@/components/ui/button';
import type { StaffActor } from '@/lib/auth/actor';
import { leave } from './actions';

/** Who is signed in, and the way out: the `aside` of every staff area. */
export async function StaffPerson({ actor }: { readonly actor: StaffActor }) {
  const t = await getTranslations('staff.person');
  return (
    <form action={leave} className="flex flex-wrap items-center gap-x-3 text-base">
      <span>{t('signedIn', { name: actor.displayName })}</span>
      <a href="/cuenta" className="inline-flex min-h-9 items-center">
        {t('account')}
      </a>
      <Button variant="quiet" size="small">
        {t('signOut')}
      </Button>
    </form>
  );
}
