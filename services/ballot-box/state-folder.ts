import { mkdir, open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { BallotBox } from '@/db/ballot-box/client';
import { checkpointsAbove, type CheckpointRow } from '@/db/ballot-box/record';

const ENDING = '.checkpoints';
const lineShape = z.tuple([z.number().int().positive(), z.string()]);

/** The database is older than what was published from it, or differs from it (threat T35). */
export class StateProblem extends Error {}

/**
 * Every published checkpoint, in a folder outside the database: whoever restores an old copy of the
 * database finds the box refusing to start, instead of a second history.
 */
export class StateFolder {
  private readonly known = new Map<string, Map<number, string>>();

  private constructor(private readonly folder: string) {}

  static async open(folder: string): Promise<StateFolder> {
    await mkdir(folder, { recursive: true });
    const state = new StateFolder(folder);
    for (const name of await readdir(folder)) {
      if (!name.endsWith(ENDING)) continue;
      const round = decodeURIComponent(name.slice(0, -ENDING.length));
      state.known.set(round, readLines(await readFile(join(folder, name), 'utf8')));
    }
    return state;
  }

  /** Written through to the disk before it returns; what is known already is not written again. */
  async remember(round: string, size: number, note: string): Promise<void> {
    const known = this.known.get(round) ?? new Map<number, string>();
    this.known.set(round, known);
    if (known.has(size)) return;
    const file = await open(join(this.folder, encodeURIComponent(round) + ENDING), 'a', 0o600);
    try {
      // On a line of its own, whatever a crash left of the one before.
      await file.write(`\n${JSON.stringify([size, note])}\n`);
      await file.datasync();
    } finally {
      await file.close();
    }
    known.set(size, note);
  }

  /** Throws `StateProblem` when the database lacks or contradicts a checkpoint that was published. */
  async compare(sql: BallotBox): Promise<void> {
    for (const [round, published] of this.known) {
      const rows: CheckpointRow[] = await checkpointsAbove(sql, round, 0);
      const stored = new Map(rows.map(({ size, note }) => [size, note]));
      for (const [size, note] of published) {
        const found = stored.get(size);
        if (found === note) continue;
        const what =
          found === undefined
            ? `le falta el punto de control de ${String(size)} hojas, que ya se publicó: es una copia antigua`
            : `tiene otro punto de control de ${String(size)} hojas que el publicado`;
        throw new StateProblem(
          `La urna no arranca. A su base de datos, en la votación ${round}, ${what}. Restaura la copia más reciente; lo publicado está en ${this.folder}.`,
        );
      }
    }
  }
}

/** A line that was cut short by a crash was not published from: it is left out. */
function readLines(text: string): Map<number, string> {
  const lines = new Map<number, string>();
  for (const line of text.split('\n')) {
    const parsed = lineShape.safeParse(json(line));
    if (parsed.success) lines.set(...parsed.data);
  }
  return lines;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
