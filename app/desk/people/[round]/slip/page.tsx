import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { lookUpReceipt } from '@/components/booth/look-up';
import { DateTime } from '@/components/date';
import { registry } from '@/db/registry/client';
import { requirePermission } from '@/lib/auth/session';
import { formatCode, readCode } from '@/lib/ballots/receipt';
import { webEnv } from '@/lib/env';
import { pickText } from '@/lib/i18n/text';
import { roundById } from '@/lib/rounds/queries';
import { isIdLike, type PageSearch } from '@/lib/shared/page-number';
import { peoplePage } from '../../../addresses';
import { Slip } from '../../../slip';
import { slipOfRound, slipPaper } from '../../../slip-addresses';

interface Props {
  readonly params: Promise<{ readonly round: string }>;
  readonly searchParams: PageSearch;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('desk.slip');
  return { title: t('howTitle') };
}

/** How to vote and how to check a vote, to take home; with a receipt's code when one was dictated. */
export default async function RoundSlipPage({ params, searchParams }: Props) {
  await requirePermission('serve-at-desk');
  const { round: id } = await params;
  const round = isIdLike(id) ? await roundById(registry(), id) : null;
  if (round === null || round.state === 'draft' || round.state === 'opening') notFound();
  const [t, locale, query] = await Promise.all([
    getTranslations('desk.slip'),
    getLocale(),
    searchParams,
  ]);
  const typed = query['codigo'];
  const receipt = typeof typed === 'string' ? readCode(typed.slice(0, 60)) : null;
  // Nothing is printed of a code that the ballot box does not know now.
  const boxUrl = new URL(webEnv().MINKA_BALLOT_BOX_URL).origin;
  const isRecorded =
    receipt !== null && (await lookUpReceipt(boxUrl, round.id, receipt)).kind === 'recorded';
  const code = isRecorded ? formatCode(receipt) : undefined;
  const site = webEnv().MINKA_SITE_URL;
  return (
    <Slip
      title={t(code === undefined ? 'howTitle' : 'receiptTitle')}
      back={peoplePage(round.id)}
      paper={slipPaper(query['papel'])}
      hrefs={{ '80': slipOfRound(round.id, code), a4: slipOfRound(round.id, code, 'a4') }}
    >
      <p className="font-semibold">{pickText(locale, { es: round.nameEs, en: round.nameEn })}</p>
      {code === undefined ? (
        <>
          <p>
            {t('closes')} <DateTime value={round.closesAt} />
          </p>
          <ol className="mt-[3mm] list-decimal space-y-[1mm] pl-[5mm]">
            <li>{t('how.phone', { site })}</li>
            <li>{t('how.desk')}</li>
            <li>{t('how.one')}</li>
          </ol>
          <p className="mt-[3mm]">{t('how.secret')}</p>
        </>
      ) : (
        <>
          <p className="mt-[3mm] text-[16pt] font-bold tabular-nums">{code}</p>
          <p className="mt-[3mm]">{t('checked')}</p>
          <p className="mt-[2mm]">{t('checkAgain', { site })}</p>
          <p className="mt-[2mm]">{t('proves')}</p>
        </>
      )}
    </Slip>
  );
}
