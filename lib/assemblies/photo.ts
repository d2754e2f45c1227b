import sharp from 'sharp';
import { ok, refuse, type Result } from '@/lib/shared/result';

/** What may be uploaded as the photo of a signed sheet: two formats, known by how they begin. */

export const MAX_PHOTO_BYTES = 5 * 1024 * 1024;
/** A telephone's largest photo is about fifty million; a bomb of a few kilobytes unpacks to more. */
const MAX_PIXELS = 64_000_000;
/** Enough to read handwriting on a sheet of A4. */
const MAX_SIDE = 3000;
const QUALITY = 86;

const PNG_BEGINS = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const JPEG_BEGINS = [0xff, 0xd8, 0xff];

function beginsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, at) => bytes[at] === byte);
}

/** The type by its magic bytes, whatever the file calls itself; null for everything else. */
export function photoType(bytes: Uint8Array): 'jpeg' | 'png' | null {
  if (beginsWith(bytes, PNG_BEGINS)) return 'png';
  if (beginsWith(bytes, JPEG_BEGINS)) return 'jpeg';
  return null;
}

/** A photo as it is kept: drawn anew, with nothing but its pixels. */
export interface Photo {
  readonly mediaType: 'image/jpeg';
  readonly content: Buffer;
}

export type PhotoRefusal = 'photo-too-large' | 'photo-not-image';

/**
 * Decodes a photo and encodes it again (threat T38): what a telephone appends (where it was taken, by
 * whose device) and whatever hides behind the picture (a page, a script, an archive) is left out.
 * The hash in the public record is that of what is kept, which is what anybody is shown.
 */
export async function readPhoto(bytes: Uint8Array): Promise<Result<Photo, PhotoRefusal>> {
  if (bytes.length > MAX_PHOTO_BYTES) return refuse('photo-too-large');
  const type = photoType(bytes);
  if (type === null) return refuse('photo-not-image');
  try {
    const picture = sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error', pages: 1 });
    if ((await picture.metadata()).format !== type) return refuse('photo-not-image');
    const content = await picture
      .rotate()
      .resize({ width: MAX_SIDE, height: MAX_SIDE, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#fff' })
      .jpeg({ quality: QUALITY })
      .toBuffer();
    return ok({ mediaType: 'image/jpeg', content });
  } catch {
    // Cut off, broken, or larger unpacked than any photo.
    return refuse('photo-not-image');
  }
}
