import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { DateText } from '@/components/date';
import { Button } from '@/components/ui/button';
import { TextInput } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { registry } from '@/db/registry/client';
import { limitPage } from '@/lib/limits/page';
import { spendByAddress } from '@/lib/limits/spend';
import type { PageSearch } from '@/lib/shared/page-number';
import { normaliseNumber } from '@/lib/shared/reference-number';
import { redirect } from 'next/navigation';
import { followed, type Followed } from './followed';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('lists.follow');
  return { title: t('title'), robots: { index: false } };
}

/** How something that was filed goes on, by the number that only who filed it has. */
export default async function FollowPage({ searchParams }: { readonly searchParams: PageSearch }) {
  const [t, common, query] = await Promise.all([
    getTranslations('lists.follow'),
    getTranslations('common'),
    searchParams,
  ]);
  const typed = typeof query['numero'] === 'string' ? query['numero'] : '';
  const number = normaliseNumber(typed.slice(0, 40));
  if (number !== null) {
    const spent = await spendByAddress('matter-lookup');
    if (!spent.ok) redirect(limitPage(spent, '/padron'));
  }
  const matter = number === null ? null : await followed(registry(), number);
  const isMissing = typed !== '' && matter === null;
  return (
    <>
      <PageHeader
        title={t('title')}
        back={{ href: '/padron', label: common('back') }}
        lead={t('lead')}
      />
      <div className="max-w-(--container-text)">
        {matter === null ? null : <Matter matter={matter} isNew={query['nuevo'] !== undefined} />}
        <form method="get">
          <TextInput
            id="numero"
            name="numero"
            label={t('number')}
            hint={t('hint')}
            error={isMissing ? t('unknown') : undefined}
            defaultValue={matter === null ? '' : matter.number}
            width="half"
            autoComplete="off"
            maxLength={40}
          />
          <Button variant="secondary">{t('look')}</Button>
        </form>
      </div>
    </>
  );
}

async function Matter({ matter, isNew }: { readonly matter: Followed; readonly isNew: boolean }) {
  const t = await getTranslations('lists.follow');
  const { words, tone, number, filedAt, until, reason } = matter;
  return (
    <Notice tone={tone} title={isNew ? t('taken') : t(words)}>
      <p className="my-2 text-2xl font-semibold" data-testid="number">
        {number}
      </p>
      {isNew ? <p>{t('keep')}</p> : null}
      <p>
        {t('filedOn')} <DateText value={filedAt} />
      </p>
      {until === null ? null : (
        <p>
          {t('decidedBy')} <DateText value={until} />
        </p>
      )}
      {reason === null ? null : (
        <p>
          {t('reason')}: {reason}
        </p>
      )}
    </Notice>
  );
}
