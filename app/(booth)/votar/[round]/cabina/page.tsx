import type { Metadata } from 'next';
import { NextIntlClientProvider } from 'next-intl';
import { getFormatter, getMessages, getTranslations } from 'next-intl/server';
import { cookies } from 'next/headers';
import { publicRound, type RoundAtNow } from '@/app/(resident)/votar/open-round';
import { Booth } from '@/components/booth/booth';
import { boothMessages } from '@/components/booth/messages';
import type { BoothEntry } from '@/components/booth/types';
import { Notice } from '@/components/ui/notice';
import { registry } from '@/db/registry/client';
import { credentialState } from '@/lib/credentials/queries';
import { webEnv } from '@/lib/env';
import { voterCookie } from '@/lib/roll/cookies';
import { voterBySession } from '@/lib/roll/queries';
import { voterTag } from '@/lib/roll/voter-tag';
import { frozenManifest } from '@/lib/rounds/queries';
import { groupOfDistrict } from '@/lib/rounds/rules';

interface Props {
  readonly params: Promise<{ round: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('booth');
  return { title: t('windowTitle'), robots: { index: false } };
}

/**
 * The booth. The server says which rules are frozen and who is verified, if anybody is; from there
 * on the phone and the ballot box are among themselves. A phone that holds a vote needs no cookie.
 */
export default async function BoothPage({ params }: Props) {
  const at = await publicRound((await params).round);
  const [t, entry, format, messages] = await Promise.all([
    getTranslations('booth'),
    entryOf(at),
    getFormatter(),
    getMessages(),
  ]);
  const time = (moment: Date): string =>
    format.dateTime(moment, {
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      hour: '2-digit',
      minute: '2-digit',
      hour12: false,
      timeZone: 'America/Lima',
    });
  return (
    <>
      <noscript>
        <h1 className="mb-6 text-3xl sm:text-4xl">{t('noScript.title')}</h1>
        <Notice tone="warning">
          <p>{t('noScript.why')}</p>
          <p className="mt-3">{t('noScript.do')}</p>
        </Notice>
      </noscript>
      <NextIntlClientProvider messages={boothMessages(messages)}>
        <Booth
          entry={entry}
          times={{ opens: time(at.round.opensAt), closes: time(at.round.closesAt) }}
        />
      </NextIntlClientProvider>
    </>
  );
}

async function entryOf({ round, phase }: RoundAtNow): Promise<BoothEntry> {
  // A public round has been opened, and opening froze its manifest.
  if (round.manifestHash === null) throw new Error(`The round ${round.id} has no manifest`);
  return {
    roundId: round.id,
    manifestHash: round.manifestHash,
    boxUrl: new URL(webEnv().MINKA_BALLOT_BOX_URL).origin,
    phase: phase === 'announced' || phase === 'voting' ? phase : 'over',
    session: await sessionIn(round.id, round.manifestHash),
  };
}

async function sessionIn(roundId: string, manifestHash: string): Promise<BoothEntry['session']> {
  const token = (await cookies()).get(voterCookie().name)?.value;
  const voter = token === undefined ? null : await voterBySession(registry(), token);
  if (voter?.roundId !== roundId) return null;
  const { groups } = await frozenManifest(registry(), roundId, manifestHash);
  const group = groupOfDistrict(groups, voter.districtCode);
  if (group === undefined) return null;
  return {
    group: group.id,
    tag: voterTag(webEnv().MINKA_SESSION_SECRET, voter),
    taken: (await credentialState(registry(), voter)) !== 'none',
  };
}
