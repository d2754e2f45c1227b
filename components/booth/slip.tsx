import { useTranslations } from 'next-intl';
import { shortHash } from '@/components/screen/model';
import { formatCode } from '@/lib/ballots/receipt';
import type { QrDrawing } from './qr';

/** Light modules around a QR that readers need (ISO 18004). */
const QUIET = 4;

export function QrCode({
  drawing,
  label,
}: {
  readonly drawing: QrDrawing;
  readonly label: string;
}) {
  const whole = drawing.side + 2 * QUIET;
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`${-QUIET} ${-QUIET} ${whole} ${whole}`}
      shapeRendering="crispEdges"
      className="block w-full max-w-60 bg-white"
    >
      <path d={drawing.path} fill="#000" />
    </svg>
  );
}

export interface SlipContent {
  readonly roundTitle: string;
  /** 13 characters. */
  readonly receipt: string;
  /** Base64url hash of the frozen rules. */
  readonly manifestHash: string;
  /** "minka.pe/comprobar" */
  readonly address: string;
}

/** What is printed after voting: small enough to be folded into a wallet, and without any choice. */
export function Slip({
  content,
  drawing,
}: {
  readonly content: SlipContent;
  readonly drawing: QrDrawing | null;
}) {
  const t = useTranslations('booth.slip');
  return (
    <div className="border-ink w-[85mm] break-inside-avoid border p-[5mm] text-[10pt] leading-snug">
      <p className="text-[12pt] font-bold">{t('title')}</p>
      <p>{content.roundTitle}</p>
      <p className="my-[3mm] text-[15pt] font-bold tabular-nums">{formatCode(content.receipt)}</p>
      {drawing === null ? null : (
        <div className="w-[38mm]">
          <QrCode drawing={drawing} label={t('qr')} />
        </div>
      )}
      <p className="mt-[2mm]">{t('how', { address: content.address })}</p>
      <p className="mt-[2mm]">{t('proves')}</p>
      <p className="mt-[2mm]">{t('rules', { hash: shortHash(content.manifestHash) })}</p>
    </div>
  );
}
