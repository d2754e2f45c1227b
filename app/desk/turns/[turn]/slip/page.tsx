import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { DateText } from '@/components/date';
import { registry } from '@/db/registry/client';
import { databaseNow } from '@/db/registry/clock';
import { requirePermission } from '@/lib/auth/session';
import { turnById } from '@/lib/desk/queue-queries';
import { webEnv } from '@/lib/env';
import { pickText } from '@/lib/i18n/text';
import { roundById } from '@/lib/rounds/queries';
import type { PageSearch } from '@/lib/shared/page-number';
import { isUuid, turnPage } from '../../../addresses';
import { Slip } from '../../../slip';
import { slipOfTurn, slipPaper } from '../../../slip-addresses';

interface Props {
  readonly params: Promise<{ readonly turn: string }>;
  readonly searchParams: PageSearch;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('desk.slip');
  return { title: t('turnTitle') };
}

/** The number that a person holds while she waits. No name and no DNI: slips are lost. */
export default async function TurnSlipPage({ params, searchParams }: Props) {
  await requirePermission('serve-at-desk');
  const { turn: id } = await params;
  const db = registry();
  const turn = isUuid(id) ? await turnById(db, id) : null;
  const round = turn === null ? null : await roundById(db, turn.roundId);
  if (turn === null || round === null) notFound();
  const [t, locale, query, today] = await Promise.all([
    getTranslations('desk.slip'),
    getLocale(),
    searchParams,
    databaseNow(db),
  ]);
  return (
    <Slip
      title={t('turnTitle')}
      back={turnPage(turn.id)}
      paper={slipPaper(query['papel'])}
      hrefs={{ '80': slipOfTurn(turn.id), a4: slipOfTurn(turn.id, 'a4') }}
    >
      <p className="font-semibold">{pickText(locale, { es: round.nameEs, en: round.nameEn })}</p>
      <p>
        {turn.placeName} · <DateText value={today} />
      </p>
      <p className="mt-[3mm]">{t('turn')}</p>
      <p className="text-[48pt] leading-none font-bold">{turn.number}</p>
      {turn.isPreferential ? <p className="mt-[2mm] font-semibold">{t('preferential')}</p> : null}
      <p className="mt-[3mm]">{t('wait')}</p>
      <p className="mt-[2mm]">{t('alsoPhone', { site: webEnv().MINKA_SITE_URL })}</p>
    </Slip>
  );
}
