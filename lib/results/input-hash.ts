import { createHash } from 'node:crypto';

/**
 * What was counted, as one hash: hexadecimal SHA-256 of the lines `minka-tally-input-v1`, the
 * manifest's hash (base64url) and the leaves of all counted ballots (hexadecimal, ascending), each
 * line ended by a line feed. With the public record at hand: `sort` and `sha256sum`.
 */
export function tallyInputHash(manifestHash: string, leaves: readonly string[]): string {
  const lines = ['minka-tally-input-v1', manifestHash, ...[...leaves].sort()];
  return createHash('sha256')
    .update(`${lines.join('\n')}\n`)
    .digest('hex');
}
