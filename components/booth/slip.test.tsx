import { describe, expect, it } from 'vitest';
import { render } from '@/components/render.fixture';
import { codeFromDigest, formatCode } from '@/lib/ballots/receipt';
import { qrDrawing } from './qr';
import { Slip } from './slip';
import { wrapped } from './slip-image';

const receipt = codeFromDigest(new Uint8Array(32).fill(0x5a));

describe('the printed receipt', () => {
  it('says round, code, how to check and the rules’ fingerprint, in both languages', () => {
    for (const locale of ['es-PE', 'en'] as const) {
      const html = render(
        <Slip
          content={{
            roundTitle: 'Votación 2027',
            receipt,
            manifestHash: 'AbCdEfGhIjKl',
            address: 'minka.pe/comprobar',
          }}
          drawing={qrDrawing('https://minka.pe/comprobar#codigo=X')}
        />,
        locale,
      );
      expect(html).toContain('Votación 2027');
      expect(html).toContain(formatCode(receipt));
      expect(html).toContain('minka.pe/comprobar');
      expect(html).toContain('AbCd EfGh');
      expect(html).toContain('<svg');
    }
  });
});

describe('the QR of a receipt', () => {
  it('is a square whose corners carry the three finders', () => {
    const { side, path } = qrDrawing('https://minka.pe/comprobar#proceso=r&codigo=K7QM2V9DXA3T8');
    expect((side - 17) % 4).toBe(0);
    // The first row of a finder: seven dark modules at the left, and at the right.
    expect(path).toContain('M0 0h7v1h-7z');
    expect(path).toContain(`M${side - 7} 0h7v1h-7z`);
    expect(path).toContain(`M0 ${side - 1}h7v1h-7z`);
  });
});

describe('words in a picture', () => {
  it('break between words, and nothing is lost', () => {
    const text = 'Prueba que un voto está en la urna. No dice qué se eligió.';
    const lines = wrapped(text, (part) => part.length, 20);
    expect(lines.join(' ')).toBe(text);
    expect(lines.every((line) => line.length <= 20)).toBe(true);
    expect(wrapped('larguísimapalabra sí', (part) => part.length, 5)).toEqual([
      'larguísimapalabra',
      'sí',
    ]);
  });
});
