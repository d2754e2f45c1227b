import { RECORD_FILES } from '@/lib/record/format';

/** The ballot box cannot be reached, or answers with an error. */
export class BoxAway extends Error {}

/** A part of a large record takes its time on a thin line. */
const PART_TIMEOUT_MS = 120_000;

/**
 * The lines of a closed round's public record, fetched from the ballot box like any outsider does,
 * read as they come. Throws `BoxAway`.
 */
export async function* recordLines(boxUrl: string, round: string): AsyncGenerator<string> {
  for (let part = 0; ; part += 1) {
    const file = `ballots/${part.toString().padStart(6, '0')}.ndjson`;
    const url = new URL(`/public-record/${encodeURIComponent(round)}/${file}`, boxUrl);
    const response = await ask(url);
    // Parts are numbered from 0: the first that is not there is the end, but none at all is an error.
    if (response.status === 404 && part > 0) {
      await response.body?.cancel();
      return;
    }
    if (!response.ok || response.body === null) {
      await response.body?.cancel();
      throw new BoxAway(`The ballot box answered ${response.status}`);
    }
    yield* linesOf(response.body);
  }
}

/** The text of the record's notes, among them the ballots keyed from paper. Throws `BoxAway`. */
export async function recordNotes(boxUrl: string, round: string): Promise<string> {
  const path = `/public-record/${encodeURIComponent(round)}/${RECORD_FILES.notes}`;
  const response = await ask(new URL(path, boxUrl));
  if (!response.ok) {
    await response.body?.cancel();
    throw new BoxAway(`The ballot box answered ${response.status}`);
  }
  return response.text();
}

async function ask(url: URL): Promise<Response> {
  try {
    return await fetch(url, { cache: 'no-store', signal: AbortSignal.timeout(PART_TIMEOUT_MS) });
  } catch (error) {
    throw new BoxAway('The ballot box does not answer', { cause: error });
  }
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for await (const chunk of body) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } catch (error) {
    throw new BoxAway('The ballot box stopped answering', { cause: error });
  }
  if (rest !== '') yield rest;
}
