import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';

/** What every contest has at its end: leaving it blank, how much is chosen, and going on. */
export function BlankChoice({
  id,
  blank,
  onChange,
}: {
  readonly id: string;
  readonly blank: boolean;
  readonly onChange: (blank: boolean) => void;
}) {
  const t = useTranslations('booth.choose');
  return (
    <div className="border-line mt-8 border-t pt-4">
      <label className="flex min-h-12 items-start gap-3 py-3 font-semibold">
        <input
          id={id}
          type="checkbox"
          checked={blank}
          aria-describedby={`${id}-hint`}
          onChange={(event) => {
            onChange(event.target.checked);
          }}
          className="accent-accent mt-0.5 size-6 shrink-0"
        />
        {t('blank')}
      </label>
      <p id={`${id}-hint`} className="pl-9">
        {t('blankHint')}
      </p>
    </div>
  );
}

/**
 * Stays in sight at the bottom, unless the screen is too low to spare the room. What takes the
 * focus is scrolled clear of it (`scroll-mb` in choose.tsx).
 */
export function ChoiceBar({
  children,
  next,
  onNext,
}: {
  readonly children: ReactNode;
  readonly next: string;
  readonly onNext: () => void;
}) {
  return (
    <div className="border-ink bg-paper -mx-4 mt-8 border-t-2 px-4 py-3 sm:mx-0 sm:px-0 [@media(min-height:35rem)]:sticky [@media(min-height:35rem)]:bottom-0">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <div role="status" className="min-w-0 flex-1 basis-60 leading-snug">
          {children}
        </div>
        <Button type="button" onClick={onNext} className="grow sm:grow-0">
          {next}
        </Button>
      </div>
    </div>
  );
}
