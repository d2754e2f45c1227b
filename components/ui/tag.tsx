import type { ReactNode } from 'react';

export type TagTone = 'neutral' | 'info' | 'success' | 'warning' | 'danger' | 'solid';

const TONES: Readonly<Record<TagTone, string>> = {
  neutral: 'border-line-strong bg-white text-ink',
  info: 'border-accent bg-accent-soft text-accent-strong',
  success: 'border-ok bg-ok-soft text-ok',
  warning: 'border-warn bg-warn-soft text-warn',
  danger: 'border-danger bg-danger-soft text-danger',
  solid: 'border-accent bg-accent text-white',
};

/** A state in one or two words. Its words say it; the colour only helps to find it. */
export function Tag({
  tone = 'neutral',
  children,
}: {
  readonly tone?: TagTone;
  readonly children: ReactNode;
}) {
  return (
    <span
      className={`inline-block rounded-sm border px-2 py-0.5 font-sans text-sm leading-snug font-semibold ${TONES[tone]}`}
    >
      {children}
    </span>
  );
}
