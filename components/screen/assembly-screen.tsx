'use client';

import { useEffect, useState } from 'react';
import { StripesPattern } from './bars';
import { Help } from './help';
import type { LiveSnapshot } from '@/lib/results/snapshot';
import { shortHash, type ScreenModel } from './model';
import { countdown, screenPhase, type ScreenPhase } from './phase';
import { fill, type ScreenTexts } from './texts';
import { useLive, useReloadWhenRoundMoves, useServerClock } from './use-live';
import { ContestView } from './view-contest';
import { JoinView } from './view-join';
import { SummaryView } from './view-summary';
import { TurnoutView } from './view-turnout';
import { actOfKey, viewsOf, type ScreenView } from './views';

/** The wall of an assembly: one view at a time, changed by keyboard, clicker or the round itself. */
export function AssemblyScreen({
  model,
  texts,
}: {
  readonly model: ScreenModel;
  readonly texts: ScreenTexts;
}) {
  const [index, setIndex] = useState(0);
  const [isHelpOpen, setHelpOpen] = useState(false);
  const [watched, setWatched] = useState<string | undefined>(undefined);
  const { snapshot, online } = useLive(model.boxUrl, model.roundId, watched);
  const now = useServerClock(Date.parse(model.serverNow));
  useReloadWhenRoundMoves(model.code, model.state);

  const phase = screenPhase({
    roundState: model.state,
    boxState: snapshot?.state ?? null,
    opensAt: Date.parse(model.opensAt),
    closesAt: Date.parse(snapshot?.closesAt ?? model.closesAt),
    now,
  });
  const views = viewsOf(model, phase);
  const at = Math.min(index, views.length - 1);
  const view = views[at] ?? { kind: 'summary' as const };
  const count = views.length;

  useEffect(() => {
    const go = (to: number) => {
      const next = views[(to + count) % count];
      setIndex((to + count) % count);
      setWatched(next?.kind === 'contest' && !next.contest.isForAll ? next.contest.id : undefined);
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const act = actOfKey(event.key);
      if (act === null) return;
      event.preventDefault();
      if (act === 'next') go(at + 1);
      else if (act === 'previous') go(at - 1);
      else if (act === 'first') go(0);
      else if (act === 'help') setHelpOpen((open) => !open);
      else if (act === 'close') setHelpOpen(false);
      else void toggleFullScreen();
    };
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('keydown', onKey);
    };
  }, [at, count, views]);

  return (
    <div className="text-ink flex h-dvh flex-col overflow-hidden bg-white px-[2.5vw]">
      <StripesPattern />
      <header className="border-ink flex flex-wrap items-baseline justify-between gap-x-[3vw] border-b-[0.5vh] py-[1.2vh] text-[5vh] leading-[1.15]">
        <h1 className="line-clamp-2 min-w-0 font-sans text-[5vh] leading-[1.15] font-bold tracking-normal">
          {model.name}
        </h1>
        <p className="font-semibold whitespace-nowrap">{statusOf(model, texts, phase, now)}</p>
      </header>
      <main id="contenido" tabIndex={-1} className="min-h-0 flex-1 py-[1.5vh]">
        <ViewOf
          view={view}
          model={model}
          texts={texts}
          phase={phase}
          snapshot={snapshot}
          now={now}
        />
      </main>
      <footer className="border-ink flex items-center justify-between gap-[2vw] border-t-[0.5vh] py-[1vh] text-[5vh] leading-[1.15] whitespace-nowrap">
        <Clock texts={texts} at={snapshot?.at ?? null} online={online} />
        <p>
          {model.isDemo ? (
            <span className="bg-ink mr-[1vw] px-[0.8vw] font-bold text-white">{texts.demo}</span>
          ) : null}
          <span aria-hidden="true">
            {at + 1}/{count}
          </span>
        </p>
        {/* Where there is no room for both, the warning matters more than the hash. */}
        {model.manifestHash && online ? (
          <p>{fill(texts.hash, { hash: shortHash(model.manifestHash) })}</p>
        ) : null}
      </footer>
      {isHelpOpen ? <Help texts={texts} /> : null}
    </div>
  );
}

function ViewOf({
  view,
  model,
  texts,
  phase,
  snapshot,
  now,
}: {
  readonly view: ScreenView;
  readonly model: ScreenModel;
  readonly texts: ScreenTexts;
  readonly phase: ScreenPhase;
  readonly snapshot: LiveSnapshot | null;
  readonly now: number;
}) {
  switch (view.kind) {
    case 'summary': {
      const published = phase === 'published' ? model.results?.ballots : undefined;
      const ballots = published ?? snapshot?.ballots ?? null;
      return <SummaryView model={model} texts={texts} phase={phase} ballots={ballots} now={now} />;
    }
    case 'contest':
      return (
        <ContestView model={model} texts={texts} view={view} phase={phase} snapshot={snapshot} />
      );
    case 'turnout':
      return <TurnoutView model={model} texts={texts} view={view} snapshot={snapshot} />;
    case 'join':
      return <JoinView model={model} texts={texts} />;
  }
}

function statusOf(model: ScreenModel, texts: ScreenTexts, phase: ScreenPhase, now: number): string {
  switch (phase) {
    case 'before':
      return texts.waiting;
    case 'open':
      return fill(texts.closesIn, { time: countdown(Date.parse(model.closesAt) - now) });
    case 'closing':
      return texts.closing;
    case 'counting':
      return texts.counting;
    case 'published':
      return texts.published;
  }
}

/** When the figures were taken; or, in white on black, that none have come since. */
function Clock({
  texts,
  at,
  online,
}: {
  readonly texts: ScreenTexts;
  readonly at: string | null;
  readonly online: boolean;
}) {
  if (online)
    return <p>{at ? fill(texts.updated, { time: limaTime(at, true) }) : texts.waiting}</p>;
  return (
    <p role="alert" className="bg-ink px-[1vw] font-bold text-white">
      {at ? fill(texts.offline, { time: limaTime(at, false) }) : texts.offlineNoData}
    </p>
  );
}

function limaTime(iso: string, withSeconds: boolean): string {
  return new Intl.DateTimeFormat('es-PE', {
    timeZone: 'America/Lima',
    hour: '2-digit',
    minute: '2-digit',
    ...(withSeconds ? { second: '2-digit' as const } : {}),
    hourCycle: 'h23',
  }).format(new Date(iso));
}

async function toggleFullScreen(): Promise<void> {
  if (document.fullscreenElement) await document.exitFullscreen();
  else await document.documentElement.requestFullscreen();
}
