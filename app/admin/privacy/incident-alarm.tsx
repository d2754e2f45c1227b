import { getTranslations } from 'next-intl/server';
import { DateTime } from '@/components/date';
import { Notice } from '@/components/ui/notice';
import { registry } from '@/db/registry/client';
import { databaseNow } from '@/db/registry/clock';
import { untoldIncidents, waitingRequests } from '@/lib/privacy/queries';
import { isOverdue, tellAuthorityBy } from '@/lib/privacy/terms';
import { limaDay } from '@/lib/shared/lima';

/** What the law does not let wait: incidents nobody told the authority of, and late answers. */
export async function PrivacyAlarm() {
  const now = await databaseNow(registry());
  const [t, incidents, { late }] = await Promise.all([
    getTranslations('privacy.alarm'),
    untoldIncidents(registry()),
    waitingRequests(registry(), limaDay(now)),
  ]);
  return (
    <>
      {incidents.map((one) => {
        const overdue = isOverdue({ ...one, authorityToldAt: null }, now);
        return (
          <Notice
            key={one.id}
            tone={overdue ? 'danger' : 'warning'}
            role="alert"
            title={t(overdue ? 'overdue' : 'open')}
          >
            <p>
              {t.rich('tellBy', { when: () => <DateTime value={tellAuthorityBy(one.knownAt)} /> })}
            </p>
            <a href={`/admin/privacy/incidents/${one.id}`}>{t('see')}</a>
          </Notice>
        );
      })}
      {late === 0 ? null : (
        <Notice tone="danger" role="alert" title={t('late', { count: late })}>
          <a href="/admin/privacy">{t('seeRequests')}</a>
        </Notice>
      )}
    </>
  );
}
