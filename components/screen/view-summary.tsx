import { formatPercent } from '@/lib/shared/percent';
import { formatCount } from '../count';
import type { ScreenModel } from './model';
import { Qr } from './qr';
import { countdown, type ScreenPhase } from './phase';
import { fill, type ScreenTexts } from './texts';

/** The figure of the moment, as large as the wall allows, and the way to join. */
export function SummaryView({
  model,
  texts,
  phase,
  ballots,
  now,
}: {
  readonly model: ScreenModel;
  readonly texts: ScreenTexts;
  readonly phase: ScreenPhase;
  /** Null until the first figures have come. */
  readonly ballots: number | null;
  readonly now: number;
}) {
  const canJoin = phase === 'before' || phase === 'open';
  return (
    <div className="flex h-full items-center justify-between gap-[4vw]">
      <div className="min-w-0">
        <Headline model={model} texts={texts} phase={phase} ballots={ballots} now={now} />
      </div>
      {canJoin ? (
        <div className="shrink-0 text-center">
          <Qr qr={model.qr} className="size-[min(50vh,32vw)]" />
          <p className="mt-[1.5vh] text-[5vh] leading-tight font-bold">{model.joinAddress}</p>
        </div>
      ) : null}
    </div>
  );
}

function Headline({
  model,
  texts,
  phase,
  ballots,
  now,
}: {
  readonly model: ScreenModel;
  readonly texts: ScreenTexts;
  readonly phase: ScreenPhase;
  readonly ballots: number | null;
  readonly now: number;
}) {
  if (phase === 'before') {
    return (
      <>
        <p className="text-[6vh] leading-tight font-semibold">{texts.opensIn}</p>
        <p className="text-[13vh] leading-[1.05] font-bold">
          {countdown(Date.parse(model.opensAt) - now)}
        </p>
        <p className="mt-[2vh] text-[5vh] leading-tight">{texts.opensAt}</p>
      </>
    );
  }
  const eligible = model.groups.reduce((sum, group) => sum + group.eligible, 0);
  return (
    <>
      {phase === 'open' ? null : (
        <p className="bg-ink mb-[2vh] inline-block px-[2vw] text-[8vh] leading-[1.3] font-bold text-white">
          {texts[phase]}
        </p>
      )}
      <p className="text-[6vh] leading-tight font-semibold">{texts.ballots}</p>
      <p
        className="text-[min(34vh,17vw)] leading-[0.95] font-bold whitespace-nowrap"
        aria-live="polite"
      >
        {ballots === null ? '—' : formatCount(ballots)}
      </p>
      {eligible > 0 ? (
        <p className="mt-[1vh] text-[5vh] leading-tight">
          {fill(texts.ofEligible, {
            eligible: formatCount(eligible),
            percent: formatPercent((ballots ?? 0) / eligible),
          })}
        </p>
      ) : null}
      {phase === 'counting' ? (
        <p className="mt-[2vh] text-[5vh] leading-tight">{texts.countingText}</p>
      ) : null}
      {phase === 'published' ? (
        <p className="mt-[2vh] text-[5vh] leading-tight">{texts.publishedText}</p>
      ) : null}
    </>
  );
}
