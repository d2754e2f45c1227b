import QRCode from 'qrcode';
import { qrPath, qrRow } from '@/components/screen/model';

/** A QR code drawn as one path in a square of `side` modules, quiet zone not included. */
export interface QrDrawing {
  readonly side: number;
  readonly path: string;
}

/** Made on the phone: no other computer learns the code. Loaded only where a receipt is shown. */
export function qrDrawing(text: string): QrDrawing {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  const along = Array.from({ length: modules.size }, (_, index) => index);
  const rows = along.map((y) => qrRow(along.map((x) => modules.get(y, x) === 1)));
  return { side: modules.size, path: qrPath({ side: modules.size, rows }) };
}
