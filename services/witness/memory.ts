import { mkdir, open, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { rangeFits, type CompactRange } from '@/lib/record/compact-range';

/**
 * What a witness remembers of a round: who signs it, the last checkpoint, and the compact range from
 * which every later root follows. One file a round; written whole, to the disk, before a cosignature
 * leaves: after a crash the witness still knows everything it ever cosigned.
 */
export interface Remembered {
  readonly round: string;
  /** Base64url SPKI of the key that signs the record, as the manifest gave it at first sight. */
  readonly recordKey: string;
  /** Witnesses whom the manifest names. */
  readonly witnesses: readonly { readonly name: string; readonly key: string }[];
  /** The last checkpoint, as it was served. */
  readonly note: string;
  readonly range: CompactRange;
  /** Our cosignature of it. */
  readonly line: string;
}

const base64 = z.string().transform((text) => new Uint8Array(Buffer.from(text, 'base64')));

const shape = z.strictObject({
  v: z.literal(1),
  round: z.string(),
  recordKey: z.string(),
  witnesses: z.array(z.strictObject({ name: z.string(), key: z.string() })),
  note: z.string(),
  range: z.strictObject({ size: z.number(), nodes: z.array(base64) }),
  line: z.string(),
});

/** The state file is there and cannot be read: going on would be forgetting what was cosigned. */
export class Forgotten extends Error {}

const fileOf = (folder: string, round: string): string => join(folder, `${round}.json`);

/** Null when this round was never seen. */
export async function recall(folder: string, round: string): Promise<Remembered | null> {
  const file = fileOf(folder, round);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  try {
    const { v: _, ...remembered } = shape.parse(JSON.parse(text));
    if (remembered.round === round && rangeFits(remembered.range)) return remembered;
  } catch {
    // Told below, with the name of the file.
  }
  throw new Forgotten(file);
}

/** Returns once it is on the disk. */
export async function remember(folder: string, remembered: Remembered): Promise<void> {
  const nodes = remembered.range.nodes.map((node) => Buffer.from(node).toString('base64'));
  const file = fileOf(folder, remembered.round);
  await writeWhole(
    file,
    JSON.stringify({ v: 1, ...remembered, range: { size: remembered.range.size, nodes } }, null, 2),
  );
}

/** Keeps what proves a breach; the same breach seen again keeps the first file. Returns its path. */
export async function keepEvidence(
  folder: string,
  name: string,
  evidence: object,
): Promise<string> {
  const file = join(folder, `${name}.evidence.json`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    await writeFile(file, JSON.stringify(evidence, null, 2), { flag: 'wx', flush: true });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return file;
}

async function writeWhole(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const partial = `${file}.partial`;
  await writeFile(partial, text, { mode: 0o600, flush: true });
  await rename(partial, file);
  // The new name must be on the disk too; where folders cannot be opened, the rename is all there is.
  const folder = await open(dirname(file)).catch(() => null);
  try {
    await folder?.sync().catch(() => undefined);
  } finally {
    await folder?.close();
  }
}
