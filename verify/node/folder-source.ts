import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { FileTooLarge, SourceAway, type RecordSource } from '../source';

/** A record in a folder: a mirror, a USB stick. */
export function folderSource(folder: string): RecordSource {
  return {
    read: async (path, maxBytes) => {
      try {
        const file = await open(join(folder, path), 'r');
        try {
          const { size } = await file.stat();
          if (size > maxBytes) throw new FileTooLarge(path);
          return await file.readFile();
        } finally {
          await file.close();
        }
      } catch (error) {
        if (error instanceof FileTooLarge) throw error;
        const code = error instanceof Error && 'code' in error ? error.code : null;
        if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return null;
        throw new SourceAway(path, { cause: error });
      }
    },
  };
}
