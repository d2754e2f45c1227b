import type { ReactNode } from 'react';

/** The one pattern of the wall: stripes mean "without money". Drawn once per page. */
export function StripesPattern() {
  return (
    <svg width="0" height="0" aria-hidden="true" className="absolute">
      <defs>
        <pattern
          id="rayas"
          width="14"
          height="14"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width="14" height="14" fill="#fff" />
          <rect width="6" height="14" className="fill-ink" />
        </pattern>
      </defs>
    </svg>
  );
}

/** A name, its figure and its bar across the wall: nothing under 5 vh. */
export function WallBar({
  label,
  figure,
  share,
  striped = false,
  whole = false,
}: {
  readonly label: string;
  readonly figure: ReactNode;
  /** 0 to 1. */
  readonly share: number;
  readonly striped?: boolean;
  /** Outlines the full width, where the bar is a part of a known whole. */
  readonly whole?: boolean;
}) {
  const width = `${(Math.min(1, Math.max(0, share)) * 100).toFixed(2)}%`;
  return (
    <li>
      <div className="flex items-baseline justify-between gap-[2vw] text-[5vh] leading-[1.15] whitespace-nowrap">
        <span className="font-semibold">{label}</span>
        <span className="font-bold">{figure}</span>
      </div>
      <svg aria-hidden="true" className="mt-[0.4vh] block h-[3.2vh] w-full">
        {whole ? (
          <rect
            x="1.5"
            y="1.5"
            width="calc(100% - 3px)"
            height="calc(100% - 3px)"
            className="stroke-ink fill-white"
            strokeWidth="2"
          />
        ) : null}
        <rect
          x="1.5"
          y="1.5"
          width={width}
          height="calc(100% - 3px)"
          className="stroke-ink"
          strokeWidth="3"
          fill={striped ? 'url(#rayas)' : 'currentColor'}
        />
      </svg>
    </li>
  );
}
