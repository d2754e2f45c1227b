import { useTranslations } from 'next-intl';

export const DIMENSION_CODES = ['SOC', 'ECO', 'AMB', 'INS'] as const;
export type DimensionCode = (typeof DIMENSION_CODES)[number];

/** Ground, as classes; text on or beside them is never in the dimension's colour. */
export const DIMENSION_FILL: Readonly<Record<DimensionCode, string>> = {
  SOC: 'fill-social',
  ECO: 'fill-economica',
  AMB: 'fill-ambiental',
  INS: 'fill-institucional',
};

export const DIMENSION_BORDER: Readonly<Record<DimensionCode, string>> = {
  SOC: 'border-social',
  ECO: 'border-economica',
  AMB: 'border-ambiental',
  INS: 'border-institucional',
};

/** White drawings on a 24 × 24 tile: two people; maize; a mountain with its river; a public building. */
const DRAWINGS: Readonly<Record<DimensionCode, string>> = {
  SOC: 'M8 6.2a2.6 2.6 0 1 1 0 5.2 2.6 2.6 0 0 1 0-5.2zM16 6.2a2.6 2.6 0 1 1 0 5.2 2.6 2.6 0 0 1 0-5.2zM3.4 18.5c0-3.6 2-5.7 4.6-5.7 1.7 0 3.1.9 4 2.5.9-1.6 2.3-2.5 4-2.5 2.6 0 4.6 2.1 4.6 5.7z',
  ECO: 'M12 3c2.3 2 3.4 4.7 3.4 7.8 0 1.3-.2 2.5-.6 3.6 1.6-1.7 3.4-2.6 5.5-2.8-.3 4.8-3 8.1-7.2 8.9V21h-2.2v-.5c-4.2-.8-6.9-4.1-7.2-8.9 2.1.2 3.9 1.1 5.5 2.8-.4-1.1-.6-2.3-.6-3.6C8.600 7.700 9.700 5 12 3z',
  AMB: 'M2.500 18.500 9 6l3.200 6.100L14.500 8.500 21.500 18.500h-5.300c.3-1.300-.8-1.900-2.200-2.400-1.100-.4-1.300-1-.6-2.100-2.600 1-3 2.300-1 3.300.9.4 1.100.8.9 1.200z',
  INS: 'M12 3.500 21 8v1.800H3V8zM5 11.200h2.400v5.600H5zM10.800 11.200h2.400v5.600h-2.400zM16.600 11.200H19v5.600h-2.400zM3.500 18.200h17V20.500h-17z',
};

export function isDimensionCode(value: string): value is DimensionCode {
  return DIMENSION_CODES.some((code) => code === value);
}

function Tile({ code, size, title }: { code: DimensionCode; size: number; title?: string }) {
  return (
    <svg
      viewBox="0 0 24 24"
      width={size}
      height={size}
      className="inline-block shrink-0 align-[-0.3em]"
      {...(title ? { role: 'img', 'aria-label': title } : { 'aria-hidden': true })}
    >
      <rect width="24" height="24" rx="3" className={DIMENSION_FILL[code]} />
      <path d={DRAWINGS[code]} fill="#fff" />
    </svg>
  );
}

/**
 * The pictogram of a dimension with its name beside it. With `label={false}` the pictogram stands
 * alone and carries the name for screen readers. `size` is the side of the tile in CSS pixels.
 */
export function DimensionMark({
  code,
  size = 28,
  label = true,
}: {
  readonly code: DimensionCode | (string & {});
  readonly size?: number;
  readonly label?: boolean;
}) {
  const t = useTranslations('common.dimension');
  if (!isDimensionCode(code)) return label ? <span>{code}</span> : null;
  if (!label) return <Tile code={code} size={size} title={t(code)} />;
  return (
    <span className="inline-flex items-center gap-2 font-semibold">
      <Tile code={code} size={size} />
      {t(code)}
    </span>
  );
}
