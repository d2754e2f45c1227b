import { FileTooLarge, type RecordSource } from '../source';
import type { RecordFileMap } from './record-draft';

/** A record in memory. */
export function memorySource(files: RecordFileMap): RecordSource {
  return {
    read: (path, maxBytes) => {
      const bytes = files.get(path) ?? null;
      if (bytes !== null && bytes.length > maxBytes) {
        return Promise.reject(new FileTooLarge(path));
      }
      return Promise.resolve(bytes);
    },
  };
}
