import type { ScreenTexts } from './texts';

/** What each key does; any hall has somebody who finds a keyboard. */
export function Help({ texts }: { readonly texts: ScreenTexts }) {
  const rows = [
    [`${texts.keySpace} →`, texts.helpNext],
    ['←', texts.helpPrevious],
    [texts.keyHome, texts.helpFirst],
    ['F', texts.helpFull],
    ['Esc', texts.helpClose],
  ] as const;
  return (
    <div
      role="dialog"
      aria-label={texts.help}
      className="border-ink fixed inset-[8vh] z-10 overflow-auto border-[0.8vh] bg-white p-[4vh] text-[5vh] leading-tight"
    >
      <h2 className="mb-[3vh] font-sans text-[6vh] tracking-normal">{texts.help}</h2>
      <dl className="grid grid-cols-[auto_1fr] gap-x-[3vw] gap-y-[2vh]">
        {rows.map(([key, does]) => (
          <div key={key} className="contents">
            <dt className="font-bold">{key}</dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-[4vh]">{texts.phone}</p>
    </div>
  );
}
