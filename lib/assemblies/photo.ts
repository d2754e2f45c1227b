/** What may be uploaded as the photo of a signed sheet: two formats, known by how they begin. */

export const MAX_PHOTO_BYTES = 5 * 1024 * 1024;

export type PhotoType = 'image/jpeg' | 'image/png';

const PNG_BEGINS = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const JPEG_BEGINS = [0xff, 0xd8, 0xff];

function beginsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, at) => bytes[at] === byte);
}

/**
 * The type by its magic bytes, whatever the file calls itself; null for everything else. What phones
 * append to a photo stays: the hash in the record is that of the file as it was taken.
 */
export function photoType(bytes: Uint8Array): PhotoType | null {
  if (beginsWith(bytes, PNG_BEGINS)) return 'image/png';
  if (beginsWith(bytes, JPEG_BEGINS)) return 'image/jpeg';
  return null;
}
