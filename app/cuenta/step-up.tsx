import { getTranslations } from 'next-intl/server';
import { PasskeyStepUp } from '@/components/staff/passkey-button';

/** The button that asks for a passkey again; without JavaScript it says what is missing. */
export async function StepUp({ returnTo }: { readonly returnTo?: string }) {
  const [t, problem] = await Promise.all([
    getTranslations('staff.fresh'),
    getTranslations('staff.signIn.problem'),
  ]);
  return (
    <>
      <PasskeyStepUp
        returnTo={returnTo ?? null}
        words={{
          button: t('button'),
          problems: {
            cancelled: problem('cancelled'),
            unsupported: problem('unsupported'),
            'link-spent': problem('notVerified'),
            'not-verified': problem('notVerified'),
            'too-many': problem('tooMany'),
            offline: problem('offline'),
          },
        }}
      />
      <p className="mt-4 max-w-(--container-text)">{t('none')}</p>
      <noscript>{t('noScript')}</noscript>
    </>
  );
}
