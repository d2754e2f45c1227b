import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { parseBody, parseEnvelope, type CastEnvelope } from '@/lib/ballots/input';
import { codeOf } from './http';
import { Refused } from './refused';

/**
 * Signed ballots ready to send, one JSON per line: each line is exactly the body of a request to
 * `POST <ballot box>/v1/ballots`. Whoever holds the file can cast them, so only its owner reads it.
 */
export async function writeBallots(path: string, ballots: readonly CastEnvelope[]): Promise<void> {
  const text = ballots
    .map(({ line, receipt }) => `${JSON.stringify({ line, receipt })}\n`)
    .join('');
  // A new file, because an existing one would keep its own mode.
  const fresh = `${path}.${String(process.pid)}`;
  try {
    await writeFile(fresh, text, { mode: 0o600, flag: 'wx' });
    await rename(fresh, path);
  } catch (error) {
    await rm(fresh, { force: true });
    throw new Refused('cannot-write', { path, code: codeOf(error) ?? 'error' });
  }
}

export async function readBallots(path: string): Promise<CastEnvelope[]> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new Refused('cannot-read', { path, code: codeOf(error) ?? 'error' });
  });
  const lines = text.split('\n').filter((line) => line !== '');
  if (lines.length === 0) throw new Refused('empty-file', { path });
  return lines.map((line, index) => {
    const envelope = parseEnvelope(line);
    if (!envelope.ok || !parseBody(envelope.value.line[0]).ok) {
      throw new Refused('not-a-ballot', { path, line: index + 1 });
    }
    return envelope.value;
  });
}
