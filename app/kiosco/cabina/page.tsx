import type { Metadata } from 'next';
import { NextIntlClientProvider } from 'next-intl';
import { getMessages, getTranslations } from 'next-intl/server';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { KioskBooth } from '@/components/booth/kiosk-booth';
import { kioskMessages } from '@/components/booth/messages';
import type { BoothEntry } from '@/components/booth/types';
import { registry } from '@/db/registry/client';
import { databaseNow } from '@/db/registry/clock';
import { visitAtKiosk } from '@/lib/credentials/desk-queries';
import { credentialState } from '@/lib/credentials/queries';
import { webEnv } from '@/lib/env';
import { voterCookie } from '@/lib/roll/cookies';
import { voterBySession } from '@/lib/roll/queries';
import { voterTag } from '@/lib/roll/voter-tag';
import { frozenManifest, roundById } from '@/lib/rounds/queries';
import { groupOfDistrict, phaseAt } from '@/lib/rounds/rules';
import { kioskPage } from '../addresses';
import { kioskHere } from '../here';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('kiosk');
  return { title: t('windowTitle'), robots: { index: false } };
}

/** The booth for the person who was called to this kiosk, and for nobody else. */
export default async function KioskBoothPage() {
  const [entry, messages] = await Promise.all([entryHere(), getMessages()]);
  if (entry === null) redirect(kioskPage());
  return (
    <NextIntlClientProvider messages={kioskMessages(messages)}>
      <KioskBooth entry={entry} />
    </NextIntlClientProvider>
  );
}

async function entryHere(): Promise<BoothEntry | null> {
  const db = registry();
  const here = await kioskHere();
  const token = (await cookies()).get(voterCookie().name)?.value;
  if (here === null || token === undefined) return null;
  const [visit, voter] = await Promise.all([visitAtKiosk(db, here.id), voterBySession(db, token)]);
  if (visit !== 'voting' || voter?.channel !== 'desk') return null;
  const [round, now, taken] = await Promise.all([
    roundById(db, voter.roundId),
    databaseNow(db),
    credentialState(db, voter),
  ]);
  if (round?.manifestHash == null) return null;
  const { groups } = await frozenManifest(db, round.id, round.manifestHash);
  const group = groupOfDistrict(groups, voter.districtCode);
  if (group === undefined) return null;
  const phase = phaseAt(round, now);
  return {
    roundId: round.id,
    manifestHash: round.manifestHash,
    boxUrl: new URL(webEnv().MINKA_BALLOT_BOX_URL).origin,
    phase: phase === 'announced' || phase === 'voting' ? phase : 'over',
    session: {
      group: group.id,
      tag: voterTag(webEnv().MINKA_SESSION_SECRET, voter),
      taken: taken !== 'none',
    },
  };
}
