import { createHash } from 'node:crypto';
import type { rollAddition } from '@/db/registry/schema';

type Row = typeof rollAddition.$inferSelect;

/**
 * SHA-256 over everything that is asked for one person: a yes is to this number, this district, this
 * phone and this name. The seals carry nonces of their own, so that once they are gone nothing in the
 * audit leads from the digest back to a DNI, not even with the key.
 */
export function additionDigest(
  row: Pick<Row, 'districtCode' | 'dniHash' | 'dniSealed' | 'phoneSealed' | 'nameSealed'>,
): string {
  const { districtCode, dniHash, dniSealed, phoneSealed, nameSealed } = row;
  const sealed = [dniHash, dniSealed, phoneSealed, nameSealed].map(
    (bytes) => bytes?.toString('base64') ?? null,
  );
  return createHash('sha256')
    .update(JSON.stringify([districtCode, ...sealed]))
    .digest('hex');
}
