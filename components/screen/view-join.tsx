import type { ScreenModel } from './model';
import { Qr } from './qr';
import type { ScreenTexts } from './texts';

/** How to vote from one's own phone: a code to point at, an address to type, a telephone. */
export function JoinView({
  model,
  texts,
}: {
  readonly model: ScreenModel;
  readonly texts: ScreenTexts;
}) {
  return (
    <div className="flex h-full items-center gap-[4vw]">
      <Qr qr={model.qr} className="size-[min(68vh,42vw)] shrink-0" />
      <div className="min-w-0">
        <h2 className="font-sans text-[9vh] leading-[1.1] tracking-normal">{texts.join}</h2>
        <p className="mt-[3vh] text-[6.5vh] leading-tight font-bold break-all">
          {model.joinAddress}
        </p>
        <p className="mt-[3vh] text-[5vh] leading-tight">{texts.joinText}</p>
      </div>
    </div>
  );
}
