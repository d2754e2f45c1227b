import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { DateTime } from '@/components/date';
import { QuietShell } from '@/components/quiet-shell';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { DataTable } from '@/components/ui/table';
import { registry } from '@/db/registry/client';
import { ownSessionId } from '@/lib/auth/fresh';
import { passkeysOf } from '@/lib/auth/passkeys';
import { HOME_OF_ROLE } from '@/lib/auth/roles';
import { requireStaff } from '@/lib/auth/session';
import { sessionsOf } from '@/lib/auth/sessions';
import { tokenHash } from '@/lib/auth/tokens';
import type { PageSearch } from '@/lib/shared/page-number';
import { addPasskey, leaveEverywhere, leaveSession, removePasskey } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('staff.account');
  return { title: t('title'), robots: { index: false } };
}

/** One's own passkeys and open sessions. */
export default async function AccountPage({ searchParams }: { readonly searchParams: PageSearch }) {
  const actor = await requireStaff();
  const [t, passkeys, sessions, search] = await Promise.all([
    getTranslations('staff.account'),
    passkeysOf(registry(), actor.id),
    sessionsOf(registry(), actor.id),
    searchParams,
  ]);
  const [role] = actor.roles;
  const own = tokenHash(await ownSessionId()).toString('hex');
  return (
    <QuietShell>
      <PageHeader
        title={t('title')}
        lead={actor.displayName}
        back={role ? { href: HOME_OF_ROLE[role], label: t('back') } : undefined}
      />
      {search['hecho'] === 'llave' ? <Notice tone="success">{t('removed')}</Notice> : null}
      {search['problema'] === 'last-passkey' ? (
        <Notice tone="danger">{t('lastPasskey')}</Notice>
      ) : null}
      <Section title={t('passkeys')} lead={t('passkeysLead')}>
        {passkeys.length === 0 ? (
          <Notice tone="info">{t('noPasskeys')}</Notice>
        ) : (
          <DataTable
            caption={t('passkeys')}
            captionHidden
            head={[t('name'), t('created'), t('used'), t('act')]}
            rows={passkeys.map((passkey) => [
              passkey.name,
              <DateTime key="created" value={passkey.createdAt} />,
              passkey.lastUsedAt === null ? (
                t('never')
              ) : (
                <DateTime key="used" value={passkey.lastUsedAt} />
              ),
              <form key="act" action={removePasskey}>
                <input type="hidden" name="passkey" value={passkey.id} />
                <Button variant="danger" size="small">
                  {t('remove')}
                  <span className="sr-only">: {passkey.name}</span>
                </Button>
              </form>,
            ])}
          />
        )}
        <form action={addPasskey}>
          <Button variant="secondary">{t('add')}</Button>
        </form>
      </Section>
      <Section title={t('sessions')} lead={t('sessionsLead')}>
        <DataTable
          caption={t('sessions')}
          captionHidden
          head={[t('opened'), t('seen'), t('with'), t('end')]}
          rows={sessions.map((session) => [
            <DateTime key="opened" value={session.createdAt} />,
            <DateTime key="seen" value={session.lastSeenAt} />,
            t(`openedWith.${session.openedWith}`),
            session.id === own ? (
              t('thisOne')
            ) : (
              <form key="end" action={leaveSession}>
                <input type="hidden" name="session" value={session.id} />
                <Button variant="danger" size="small">
                  {t('endSession')}
                </Button>
              </form>
            ),
          ])}
        />
        <form action={leaveEverywhere}>
          <Button variant="danger">{t('leaveEverywhere')}</Button>
        </form>
      </Section>
    </QuietShell>
  );
}
