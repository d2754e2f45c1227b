import type { Metadata } from 'next';
import { NextIntlClientProvider } from 'next-intl';
import { getMessages, getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { FromFile } from '@/components/tablet/from-file';
import { tabletMessages } from '@/components/tablet/messages';
import { ButtonLink } from '@/components/ui/button';
import { ConfirmForm } from '@/components/ui/confirm-form';
import { TextArea } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { DataTable } from '@/components/ui/table';
import { registry } from '@/db/registry/client';
import { isAsked } from '@/lib/approvals/queries';
import { may } from '@/lib/auth/permissions';
import { requirePermission } from '@/lib/auth/session';
import { webEnv } from '@/lib/env';
import { isIdLike, type PageSearch } from '@/lib/shared/page-number';
import { shortHead } from '@/lib/tablets/device';
import { tabletReleaseKind } from '@/lib/tablets/approval-kind';
import { tabletById, vouchersAtLarge } from '@/lib/tablets/queries';
import { askRelease, giveUp } from '../actions';

interface Props {
  readonly params: Promise<{ id: string }>;
  readonly searchParams: PageSearch;
}

const PROBLEMS = [
  'reason-missing',
  'wrong-state',
  'not-allowed',
  'not-found',
  'already-asked',
  'changed-since',
  'release-too-late',
] as const;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations('tablet');
  return { title: t('windowTitle', { id: (await params).id }) };
}

export default async function TabletStatePage({ params, searchParams }: Props) {
  const actor = await requirePermission('handle-tablets');
  const { id } = await params;
  const tablet = isIdLike(id) ? await tabletById(registry(), id) : null;
  if (tablet === null) notFound();
  const [t, states, messages, search] = await Promise.all([
    getTranslations('tablet.one'),
    getTranslations('tablet.list'),
    getMessages(),
    searchParams,
  ]);
  const isOut = tablet.state === 'loaded' || tablet.state === 'closed';
  const isLost = tablet.state === 'lost';
  const [vouchers, isReleaseAsked] = isLost
    ? await Promise.all([
        vouchersAtLarge(registry(), id),
        isAsked(registry(), tabletReleaseKind.kind, id),
      ])
    : [0, false];
  const refused = search['problema'];
  const problem =
    refused === undefined ? undefined : (PROBLEMS.find((each) => each === refused) ?? 'unknown');
  return (
    <>
      <PageHeader
        title={t('title', { id, place: tablet.place })}
        lead={t(`lead.${tablet.state}`)}
        back={{ href: '/desk/tablets', label: t('back') }}
      />
      {problem === undefined ? null : <Notice tone="danger">{t(`problem.${problem}`)}</Notice>}
      <DataTable
        caption={t('caption')}
        head={[t('what'), t('figure')]}
        rows={[
          [states('state'), states(`states.${tablet.state}`)],
          [states('residents'), String(tablet.residents)],
          [t('checkIns'), tablet.checkIns === null ? states('unknown') : String(tablet.checkIns)],
          [t('ballots'), tablet.ballots === null ? states('unknown') : String(tablet.ballots)],
          [t('head'), tablet.head === null ? states('unknown') : shortHead(tablet.head)],
          ...(tablet.lostReason === null ? [] : [[t('lostReason'), tablet.lostReason]]),
          ...(isLost
            ? [
                [t('reserved'), String(tablet.reserved)],
                [t('atLarge'), String(vouchers)],
              ]
            : []),
        ]}
      />
      {tablet.state === 'prepared' || isOut ? (
        <p className="mt-6">
          <ButtonLink href={`/tablet/${id}`}>{t('openHere')}</ButtonLink>
        </p>
      ) : null}
      {isOut ? (
        <Section title={t('fileTitle')}>
          <NextIntlClientProvider messages={tabletMessages(messages)}>
            <FromFile tablet={id} boxUrl={new URL(webEnv().MINKA_BALLOT_BOX_URL).origin} />
          </NextIntlClientProvider>
        </Section>
      ) : null}
      {isReleaseAsked ? <Notice tone="info">{t('releaseAsked')}</Notice> : null}
      {may(actor, 'give-up-tablets') && isLost && tablet.reserved > 0 && !isReleaseAsked ? (
        <Section title={t('releaseTitle')}>
          <ConfirmForm
            action={askRelease}
            sentence={
              <>
                <p>{t('release', { residents: tablet.reserved, left: vouchers })}</p>
                <p>{t('releasePaper')}</p>
              </>
            }
            reason={{ label: t('releaseReason') }}
            submit={t('releaseSubmit')}
            hidden={{ tablet: id, held: String(tablet.reserved) }}
          />
        </Section>
      ) : null}
      {may(actor, 'give-up-tablets') && (tablet.state === 'prepared' || isOut) ? (
        <Section title={t('loseTitle')}>
          <ConfirmForm
            action={giveUp}
            sentence={
              <>
                <p>{t(isOut ? 'lose' : 'losePrepared')}</p>
                <TextArea
                  id="attendance"
                  name="attendance"
                  label={t('attendance')}
                  hint={t('attendanceHint')}
                  rows={5}
                />
              </>
            }
            reason={{ label: t('reason') }}
            submit={t('loseSubmit')}
            hidden={{ tablet: id }}
          />
        </Section>
      ) : null}
    </>
  );
}
