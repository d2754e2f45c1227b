import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { constants, open, rm, type FileHandle } from 'node:fs/promises';
import { FileProblem } from './types';

/**
 * A file that lies on the disk only encrypted, written piece by piece and read at any place: AES-256-GCM
 * per block of 256 KiB under a key of the file's own, with the block's number authenticated. Deleting
 * the key deletes the file.
 */

export const BLOCK_BYTES = 256 * 1024;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const SEALED_BLOCK_BYTES = NONCE_BYTES + BLOCK_BYTES + TAG_BYTES;

function placeOf(block: number): Buffer {
  return Buffer.from(`minka/roll-file/v1|${block}`);
}

/**
 * Writes a piece at a byte offset of the plain file, a multiple of BLOCK_BYTES. Only the last piece of
 * a file may end within a block. Writing the same piece again writes the same place.
 */
export async function writePiece(
  path: string,
  key: Uint8Array,
  at: number,
  piece: Uint8Array,
): Promise<void> {
  if (at % BLOCK_BYTES !== 0) throw new Error('A piece begins at a block');
  const file = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600);
  try {
    for (let from = 0; from < piece.length; from += BLOCK_BYTES) {
      const block = (at + from) / BLOCK_BYTES;
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      cipher.setAAD(placeOf(block));
      const sealed = Buffer.concat([
        nonce,
        cipher.update(piece.subarray(from, from + BLOCK_BYTES)),
        cipher.final(),
        cipher.getAuthTag(),
      ]);
      await file.write(sealed, 0, sealed.length, block * SEALED_BLOCK_BYTES);
    }
    await file.datasync();
  } finally {
    await file.close();
  }
}

export async function removeSealedFile(path: string): Promise<void> {
  await rm(path, { force: true });
}

/** What the readers of a roll need of a file, wherever it lies. */
export interface RollFile {
  readonly size: number;
  /** Bytes of the plain file, fewer at its end. */
  read(position: number, length: number): Promise<Buffer>;
  close(): Promise<void>;
}

export async function openSealedFile(
  path: string,
  key: Uint8Array,
  size: number,
): Promise<RollFile> {
  const file = await open(path, 'r').catch(() => {
    throw new FileProblem('damaged');
  });
  let last: { block: number; plain: Buffer } | null = null;
  const blockAt = async (block: number): Promise<Buffer> => {
    if (last?.block === block) return last.plain;
    const plain = await readBlock(
      file,
      key,
      block,
      Math.min(BLOCK_BYTES, size - block * BLOCK_BYTES),
    );
    last = { block, plain };
    return plain;
  };
  return {
    size,
    async read(position, length) {
      const end = Math.min(position + length, size);
      const parts: Buffer[] = [];
      for (let at = position; at < end;) {
        const block = Math.floor(at / BLOCK_BYTES);
        const within = at - block * BLOCK_BYTES;
        const part = (await blockAt(block)).subarray(within, within + end - at);
        parts.push(part);
        at += part.length;
      }
      return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
    },
    close: () => file.close(),
  };
}

async function readBlock(
  file: FileHandle,
  key: Uint8Array,
  block: number,
  plainBytes: number,
): Promise<Buffer> {
  const sealed = Buffer.alloc(NONCE_BYTES + plainBytes + TAG_BYTES);
  const { bytesRead } = await file.read(sealed, 0, sealed.length, block * SEALED_BLOCK_BYTES);
  if (bytesRead !== sealed.length) throw new FileProblem('damaged');
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(placeOf(block));
    decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
    return Buffer.concat([
      decipher.update(sealed.subarray(NONCE_BYTES, sealed.length - TAG_BYTES)),
      decipher.final(),
    ]);
  } catch {
    throw new FileProblem('damaged');
  }
}

/** An ordinary file: what an operator imports at the machine itself. */
export async function openPlainFile(path: string): Promise<RollFile> {
  const file = await open(path, 'r');
  const { size } = await file.stat();
  return {
    size,
    async read(position, length) {
      const bytes = Buffer.alloc(Math.max(0, Math.min(length, size - position)));
      const { bytesRead } = await file.read(bytes, 0, bytes.length, position);
      return bytes.subarray(0, bytesRead);
    },
    close: () => file.close(),
  };
}

/** The whole file from a place on, a block at a time. */
export async function* blocksOf(
  file: RollFile,
  from = 0,
  to: number = file.size,
): AsyncGenerator<Buffer> {
  for (let at = from; at < to;) {
    // Up to the next edge, so that no block is decrypted twice.
    const length = Math.min(BLOCK_BYTES - (at % BLOCK_BYTES), to - at);
    const block = await file.read(at, length);
    if (block.length === 0) throw new FileProblem('damaged');
    yield block;
    at += block.length;
  }
}
