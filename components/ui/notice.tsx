import type { ReactNode } from 'react';

export type Tone = 'info' | 'success' | 'warning' | 'danger';

const TONES: Readonly<Record<Tone, string>> = {
  info: 'border-accent bg-accent-soft',
  success: 'border-ok bg-ok-soft',
  warning: 'border-warn bg-warn-soft',
  danger: 'border-danger bg-danger-soft',
};

/** Shapes as well as colours: a circle that informs, a tick, a triangle, an octagon. */
const SIGNS: Readonly<Record<Tone, { shape: string; mark: string; ink: string }>> = {
  info: {
    shape: 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20z',
    mark: 'M12 11v6M12 7v.5',
    ink: 'text-accent',
  },
  success: {
    shape: 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20z',
    mark: 'M7.5 12.5l3 3 6-7',
    ink: 'text-ok',
  },
  warning: { shape: 'M12 2.5 23 21.5H1z', mark: 'M12 9v6M12 18v.5', ink: 'text-warn' },
  danger: { shape: 'M8 2h8l6 6v8l-6 6H8l-6-6V8z', mark: 'M12 7v6M12 16.5v.5', ink: 'text-danger' },
};

/** Something the reader should know at this place. `role` "status" announces it when it appears. */
export function Notice({
  tone,
  title,
  role,
  children,
}: {
  readonly tone: Tone;
  readonly title?: ReactNode;
  readonly role?: 'status' | 'alert' | undefined;
  readonly children?: ReactNode;
}) {
  const sign = SIGNS[tone];
  return (
    <div role={role} className={`mb-6 flex gap-4 border-l-8 p-4 ${TONES[tone]}`}>
      <svg viewBox="0 0 24 24" aria-hidden="true" className={`mt-0.5 size-6 shrink-0 ${sign.ink}`}>
        <path d={sign.shape} fill="currentColor" />
        <path d={sign.mark} fill="none" stroke="#fff" strokeWidth="2.4" strokeLinecap="round" />
      </svg>
      <div className="min-w-0 flex-1">
        {title ? <p className="font-semibold">{title}</p> : null}
        {children ? <div className={title ? 'mt-1' : undefined}>{children}</div> : null}
      </div>
    </div>
  );
}
