import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { formatCode } from '@/lib/ballots/receipt';
import { pickText } from '@/lib/i18n/text';
import type { Manifest } from '@/lib/rounds/manifest';
import type { QrDrawing } from './qr';
import { receiptLink } from './receipt-link';
import { saveFile } from './save-file';
import { QrCode, Slip, type SlipContent } from './slip';
import { slipImage } from './slip-image';

/** The code of a counted vote, its QR, and the ways of keeping it. */
export function Receipt({
  receipt,
  manifest,
  manifestHash,
  isShared = false,
}: {
  readonly receipt: string;
  readonly manifest: Manifest;
  readonly manifestHash: string;
  /** Others use this device next: nothing is saved on it. */
  readonly isShared?: boolean;
}) {
  const t = useTranslations('booth.done');
  const slip = useTranslations('booth.slip');
  const locale = useLocale();
  const drawing = useQr(receiptLink(location.origin, manifest.round, receipt));
  const [isCopied, setCopied] = useState(false);
  const content: SlipContent = {
    roundTitle: pickText(locale, manifest.title),
    receipt,
    manifestHash,
    address: `${location.host}/comprobar`,
  };
  const saveImage = async (): Promise<void> => {
    if (drawing === null) return;
    const picture = await slipImage(content, drawing, {
      title: slip('title'),
      how: slip('how', { address: content.address }),
      proves: slip('proves'),
    });
    if (picture !== null) saveFile(`minka-${formatCode(receipt)}.png`, picture);
  };
  return (
    <>
      <div className="print:hidden">
        <Notice tone="success" title={t('code')}>
          <p data-testid="receipt" className="my-2 text-xl font-bold tabular-nums sm:text-3xl">
            {formatCode(receipt)
              .split('-')
              .map((part, index, parts) => (
                // A narrow screen breaks the code between its groups, never inside one.
                <span key={index} className="inline-block">
                  {part}
                  {index < parts.length - 1 ? '-' : ''}
                </span>
              ))}
          </p>
          <p>{t('codeWhy')}</p>
        </Notice>
        {drawing === null ? null : (
          <figure className="mb-6">
            <QrCode drawing={drawing} label={slip('qr')} />
            <figcaption className="mt-2 max-w-(--container-text)">{t('qrWhy')}</figcaption>
          </figure>
        )}
        <h2 className="mt-8 mb-3 text-xl">{t('keepTitle')}</h2>
        <div className="flex flex-wrap gap-4">
          {isShared ? null : (
            <Button type="button" variant="secondary" onClick={() => void saveImage()}>
              {t('saveImage')}
            </Button>
          )}
          <Button
            type="button"
            variant="secondary"
            onClick={() => {
              window.print();
            }}
          >
            {t('print')}
          </Button>
          {isShared ? null : (
            <Button
              type="button"
              variant="secondary"
              onClick={() =>
                void navigator.clipboard.writeText(formatCode(receipt)).then(
                  () => {
                    setCopied(true);
                  },
                  () => undefined,
                )
              }
            >
              {t('copy')}
            </Button>
          )}
        </div>
        <p role="status" className="mt-3 min-h-6">
          {isCopied ? t('copied') : ''}
        </p>
      </div>
      <div className="hidden print:block">
        <Slip content={content} drawing={drawing} />
      </div>
    </>
  );
}

/** The QR of a text, once its library is here; a receipt is good without it. */
function useQr(text: string): QrDrawing | null {
  const [drawn, setDrawn] = useState<{ text: string; drawing: QrDrawing } | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void import('./qr').then(
      ({ qrDrawing }) => {
        if (isCurrent) setDrawn({ text, drawing: qrDrawing(text) });
      },
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [text]);
  return drawn?.text === text ? drawn.drawing : null;
}
