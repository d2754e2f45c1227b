import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { DateTime } from '@/components/date';
import { QuietShell } from '@/components/quiet-shell';
import { Button } from '@/components/ui/button';
import { TextInput } from '@/components/ui/field';
import { PageHeader } from '@/components/ui/page-header';
import { registry } from '@/db/registry/client';
import { webEnv } from '@/lib/env';
import { outboxMessages } from '@/lib/notices/queries';
import { normalisePhone } from '@/lib/roll/rules';

interface Props {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const SHOWN = 30;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('voting.outbox');
  return { title: t('title'), robots: { index: false } };
}

/** The phone of everybody in the demonstration. It does not exist anywhere else. */
export default async function OutboxPage({ searchParams }: Props) {
  if (!webEnv().MINKA_DEMO) notFound();
  const [t, query] = await Promise.all([getTranslations('voting.outbox'), searchParams]);
  const typed = typeof query['phone'] === 'string' ? query['phone'] : '';
  const phone = normalisePhone(typed) ?? undefined;
  const messages = await outboxMessages(registry(), { phone, limit: SHOWN });
  return (
    <QuietShell>
      <PageHeader title={t('title')} lead={t('lead')} back={{ href: '/demo', label: t('back') }} />
      <form className="flex flex-wrap items-end gap-x-4">
        <TextInput
          id="phone"
          name="phone"
          label={t('phone')}
          width="short"
          inputMode="tel"
          defaultValue={typed}
        />
        <div className="mb-6">
          <Button variant="secondary">{t('filter')}</Button>
        </div>
      </form>
      {messages.length === 0 ? (
        <p>{t('none')}</p>
      ) : (
        <ol className="divide-line border-line divide-y border-y">
          {messages.map((message) => (
            <li key={message.id} className="py-4">
              <p className="text-ink-soft text-base">
                {message.phone} · <DateTime value={message.createdAt} />
              </p>
              <p className="mt-1 text-xl">{message.body}</p>
            </li>
          ))}
        </ol>
      )}
    </QuietShell>
  );
}
