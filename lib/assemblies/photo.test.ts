import { deflateRawSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { MAX_PHOTO_BYTES, photoType, readPhoto } from './photo';

const picture = (width = 40, height = 30) =>
  sharp({ create: { width, height, channels: 3, background: '#a33' } });

const HIDDEN = '<script>alert(1)</script>';
const NOT_IMAGE = { ok: false, reason: 'photo-not-image' };

async function kept(bytes: Uint8Array): Promise<Buffer> {
  const photo = await readPhoto(bytes);
  if (!photo.ok) throw new Error(photo.reason);
  return photo.value.content;
}

describe('T38: the photo of a signed sheet', () => {
  it('is known by its first bytes, whatever it is called', () => {
    expect(photoType(Buffer.from('ffd8ffe000104a464946', 'hex'))).toBe('jpeg');
    expect(photoType(Buffer.from('89504e470d0a1a0a0000', 'hex'))).toBe('png');
    for (const other of ['<svg xmlns="http://www.w3.org/2000/svg"/>', 'GIF89a', '%PDF-1.7', '']) {
      expect(photoType(Buffer.from(other))).toBeNull();
    }
  });

  it.each(['jpeg', 'png'] as const)('of a telephone loses place and device: %s', async (format) => {
    const taken = await picture()
      .withExif({
        IFD0: { Make: 'Telefono', Model: 'Secreto' },
        IFD3: { GPSLatitude: '12/1 4/1 0/1' },
      })
      .toFormat(format)
      .toBuffer();
    expect((await sharp(taken).metadata()).exif).toBeDefined();
    const content = await kept(taken);
    const { format: made, exif, width, height } = await sharp(content).metadata();
    expect({ made, exif, width, height }).toEqual({
      made: 'jpeg',
      exif: undefined,
      width: 40,
      height: 30,
    });
    expect(content.includes('Secreto')).toBe(false);
  });

  it('is drawn anew: a page or an archive behind the picture is not kept', async () => {
    const clean = await picture().jpeg().toBuffer();
    const zip = Buffer.concat([Buffer.from('PK\u0003\u0004'), deflateRawSync(Buffer.from(HIDDEN))]);
    const polyglot = Buffer.concat([clean, Buffer.from(HIDDEN), zip]);
    const content = await kept(polyglot);
    expect(content.includes(HIDDEN)).toBe(false);
    expect(content.includes('PK\u0003\u0004')).toBe(false);
    expect(content.equals(await kept(clean))).toBe(true);
  });

  it('gives the same bytes for the same file: to send it again is safe', async () => {
    const taken = await picture().png().toBuffer();
    expect((await kept(taken)).equals(await kept(taken))).toBe(true);
  });

  it.each([
    [
      'an SVG with a script',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
    ],
    [
      'an SVG behind the mark of a JPEG',
      Buffer.from('\u00ff\u00d8\u00ff<svg onload="x"/>', 'latin1'),
    ],
    [
      'a page that begins like a PNG',
      Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from(HIDDEN)]),
    ],
    ['nothing', Buffer.alloc(0)],
  ])('is refused when it is %s', async (_name, bytes) => {
    expect(await readPhoto(bytes)).toEqual(NOT_IMAGE);
  });

  it('is refused when it was cut off, and when it unpacks to more than any photo', async () => {
    const whole = await picture(400, 400).png().toBuffer();
    expect(await readPhoto(whole.subarray(0, whole.length - 200))).toEqual(NOT_IMAGE);
    const bomb = await sharp({
      create: { width: 12_000, height: 12_000, channels: 3, background: '#fff' },
    })
      .png({ compressionLevel: 9 })
      .toBuffer();
    expect(bomb.length).toBeLessThan(MAX_PHOTO_BYTES);
    expect(await readPhoto(bomb)).toEqual(NOT_IMAGE);
    expect(await readPhoto(Buffer.concat([whole, Buffer.alloc(MAX_PHOTO_BYTES)]))).toEqual({
      ok: false,
      reason: 'photo-too-large',
    });
  });

  it('is made as large as handwriting needs and no larger', async () => {
    const { width, height } = await sharp(
      await kept(await picture(5000, 2500).jpeg().toBuffer()),
    ).metadata();
    expect([width, height]).toEqual([3000, 1500]);
  });
});
