import { useId } from 'react';
import { DIMENSION_FILL, type DimensionCode } from '../dimension';

/**
 * One horizontal bar, `share` from 0 to 1 of the width. Striped bars mean "not funded" or "before",
 * so that the difference does not hang on a colour. Decoration: the figure stands beside it in words.
 */
export function Bar({
  share,
  tone = 'accent',
  striped = false,
  height = 18,
}: {
  readonly share: number;
  readonly tone?: DimensionCode | 'accent' | 'ink';
  readonly striped?: boolean;
  /** CSS pixels. */
  readonly height?: number;
}) {
  const id = useId();
  const fill = fillOf(tone);
  const width = `${(Math.min(1, Math.max(0, share)) * 100).toFixed(2)}%`;
  return (
    <svg aria-hidden="true" width="100%" height={height} className="block" data-print-colour>
      {striped ? (
        <pattern
          id={id}
          width="7"
          height="7"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width="7" height="7" className="fill-white" />
          <rect width="2.5" height="7" className={fill} />
        </pattern>
      ) : null}
      <rect
        x="1"
        y="1"
        width={width}
        height={height - 2}
        strokeWidth="2"
        className={`${striped ? '' : fill} ${strokeOf(tone)}`}
        {...(striped ? { fill: `url(#${id})` } : {})}
      />
    </svg>
  );
}

function fillOf(tone: DimensionCode | 'accent' | 'ink'): string {
  if (tone === 'accent') return 'fill-accent';
  return tone === 'ink' ? 'fill-ink' : DIMENSION_FILL[tone];
}

function strokeOf(tone: DimensionCode | 'accent' | 'ink'): string {
  switch (tone) {
    case 'accent':
      return 'stroke-accent';
    case 'ink':
      return 'stroke-ink';
    case 'SOC':
      return 'stroke-social';
    case 'ECO':
      return 'stroke-economica';
    case 'AMB':
      return 'stroke-ambiental';
    case 'INS':
      return 'stroke-institucional';
  }
}
