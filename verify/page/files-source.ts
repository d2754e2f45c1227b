import { FileTooLarge, SourceAway, type RecordSource } from '../source';

/** Files chosen in a browser: a folder, whatever it is called and wherever in it the record lies. */
export function filesSource(files: Iterable<File>): RecordSource {
  const all = [...files].map((file) => ({ file, path: file.webkitRelativePath || file.name }));
  const manifest = all
    .map(({ path }) => path)
    .filter((path) => path === 'manifest.json' || path.endsWith('/manifest.json'))
    .sort((a, b) => a.length - b.length)[0];
  const base = manifest?.slice(0, -'manifest.json'.length) ?? '';
  const byPath = new Map(
    all
      .filter(({ path }) => path.startsWith(base))
      .map(({ file, path }) => [path.slice(base.length), file]),
  );
  return {
    read: async (path, maxBytes) => {
      const file = byPath.get(path);
      if (file === undefined) return null;
      if (file.size > maxBytes) throw new FileTooLarge(path);
      try {
        return new Uint8Array(await file.arrayBuffer());
      } catch (error) {
        throw new SourceAway(path, { cause: error });
      }
    },
  };
}
