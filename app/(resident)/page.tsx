import { getTranslations } from 'next-intl/server';
import { Notice } from '@/components/ui/notice';
import { registry } from '@/db/registry/client';
import { currentCycle, envelopesOf } from '@/lib/cycle/queries';
import { listRounds } from '@/lib/rounds/queries';
import { now } from '@/lib/shared/clock';
import { limaDay } from '@/lib/shared/lima';
import { Calendar } from './_home/calendar';
import { HowItWorks } from './_home/how-it-works';
import { LastCycle } from './_home/last-cycle';
import { MoneyAvailable } from './_home/money-available';
import { happeningNow } from './_home/now';
import { Welcome } from './_home/welcome';

export default async function HomePage() {
  const [t, cycle] = await Promise.all([getTranslations('home'), currentCycle()]);
  if (!cycle) {
    return (
      <>
        <Welcome cycle={null} happening={null} />
        <Notice tone="info" title={t('none.title')}>
          {t('none.text')}
        </Notice>
        <HowItWorks />
      </>
    );
  }
  const [rounds, envelopes] = await Promise.all([
    listRounds(registry(), cycle.id),
    envelopesOf(cycle.id),
  ]);
  const moment = now();
  const happening = happeningNow(rounds, cycle.calendar, moment);
  return (
    <>
      <Welcome cycle={cycle} happening={happening} />
      <HowItWorks effect={cycle.voteEffect} />
      {/* What a resident's vote decides; the shares by dimension are another cut of the same money. */}
      <MoneyAvailable
        cycle={cycle}
        envelopes={envelopes.filter(({ scope }) => scope !== 'dimension')}
      />
      <Calendar cycle={cycle} today={limaDay(moment)} />
      {cycle.previousCycleId ? <LastCycle cycleId={cycle.previousCycleId} /> : null}
    </>
  );
}
