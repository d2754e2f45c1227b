import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { BallotBox } from '@/db/ballot-box/client';
import { checkpointsAbove, type CheckpointRow } from '@/db/ballot-box/record';
import { ballotTotals } from '@/db/ballot-box/rounds';

const ENDING = '.checkpoints';
const LINES_ENDING = '.lines';
const lineShape = z.tuple([z.number().int().positive(), z.string()]);

/** The database is older than what was published from it, or differs from it (threat T35). */
export class StateProblem extends Error {}

/**
 * Every published checkpoint, and how many ballots were stored when the publisher looked last, in a
 * folder outside the database: whoever restores an old copy of the database finds the box refusing to
 * start, instead of a second history without ballots that were promised. The number is of ballots that
 * were committed before: it may lag behind the database by a tick, and never runs ahead of it.
 */
export class StateFolder {
  private readonly known = new Map<string, Map<number, string>>();
  private readonly lines = new Map<string, number>();
  /** Two processes may share the folder: neither moves the other's half-written file. */
  private readonly draft = `.${randomUUID()}`;

  private constructor(private readonly folder: string) {}

  static async open(folder: string): Promise<StateFolder> {
    await mkdir(folder, { recursive: true });
    const state = new StateFolder(folder);
    for (const name of await readdir(folder)) {
      const read = async (): Promise<string> => readFile(join(folder, name), 'utf8');
      if (name.endsWith(ENDING)) {
        state.known.set(roundIn(name, ENDING), readLines(await read()));
      } else if (name.endsWith(LINES_ENDING)) {
        state.lines.set(roundIn(name, LINES_ENDING), readNumber(join(folder, name), await read()));
      }
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

  /**
   * Keeps the number of ballots that a statement counted, which is whole after a crash at any moment:
   * the one before, or this one. Throws `StateProblem` when there have been more.
   */
  async rememberLines(round: string, lines: number): Promise<void> {
    const known = this.lines.get(round) ?? 0;
    if (lines < known)
      throw new StateProblem(`${fewer(round, known, lines)} No se publica nada más.`);
    if (lines === known) return;
    const path = join(this.folder, encodeURIComponent(round) + LINES_ENDING);
    const file = await open(path + this.draft, 'w', 0o600);
    try {
      await file.write(`${String(lines)}\n`);
      await file.datasync();
    } finally {
      await file.close();
    }
    await rename(path + this.draft, path);
    const folder = await open(this.folder, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
    this.lines.set(round, lines);
  }

  /**
   * Throws `StateProblem` when the database lacks or contradicts a checkpoint that was published, or
   * lacks ballots that were stored.
   */
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
    for (const [round, known] of this.lines) {
      const { lines } = await ballotTotals(sql, round);
      if (lines >= known) continue;
      throw new StateProblem(
        `La urna no arranca. ${fewer(round, known, lines)} Restaura la copia más reciente; lo que hubo está anotado en ${this.folder}.`,
      );
    }
  }
}

function roundIn(name: string, ending: string): string {
  return decodeURIComponent(name.slice(0, -ending.length));
}

function fewer(round: string, known: number, lines: number): string {
  return `A su base de datos, en la votación ${round}, le faltan cédulas que la urna ya había aceptado: tenía ${String(known)} y ahora tiene ${String(lines)}. Es una copia antigua.`;
}

/** No crash leaves less than a whole number: then somebody else wrote there. */
function readNumber(path: string, text: string): number {
  if (/^\d{1,15}\n$/.test(text)) return Number(text);
  throw new StateProblem(
    `La urna no arranca. El archivo ${path} debe decir cuántas cédulas había y está dañado. Recupéralo de una copia, o bórralo solo si la base de datos es la de siempre.`,
  );
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
