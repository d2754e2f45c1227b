import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { formatCount } from '@/components/count';
import { PhoneLine } from '@/components/phone-line';
import { ButtonLink } from '@/components/ui/button';
import { PageHeader } from '@/components/ui/page-header';
import { explainedLimit } from '@/lib/limits/page';
import type { PageSearch } from '@/lib/shared/page-number';

interface Props {
  readonly searchParams: PageSearch;
}

async function limitIn(searchParams: PageSearch) {
  const query = await searchParams;
  const words = Object.entries(query).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value]] : [],
  );
  return explainedLimit(new URLSearchParams(words));
}

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const [t, { status }] = await Promise.all([getTranslations('limits'), limitIn(searchParams)]);
  return { title: t(status === 503 ? 'away.title' : 'full.title'), robots: { index: false } };
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** Why something was not done now, and how long to wait; proxy.ts gives it its status. */
export default async function LimitPage({ searchParams }: Props) {
  const [t, { status, retryAfterSeconds, back }] = await Promise.all([
    getTranslations('limits'),
    limitIn(searchParams),
  ]);
  const minutes = Math.ceil(retryAfterSeconds / MINUTE);
  const hours = Math.ceil(retryAfterSeconds / HOUR);
  const wait =
    retryAfterSeconds <= MINUTE
      ? t('seconds', { seconds: retryAfterSeconds, text: formatCount(retryAfterSeconds) })
      : retryAfterSeconds <= HOUR
        ? t('minutes', { minutes, text: formatCount(minutes) })
        : t('hours', { hours, text: formatCount(hours) });
  const kind = status === 503 ? 'away' : 'full';
  return (
    <>
      <PageHeader title={t(`${kind}.title`)} lead={t(`${kind}.lead`, { wait })} />
      <div className="max-w-(--container-text) space-y-4">
        <p>{t(`${kind}.why`)}</p>
        <p>{t('safe')}</p>
        <p>
          <ButtonLink href={back}>{t('back')}</ButtonLink>
        </p>
        <PhoneLine />
      </div>
    </>
  );
}
