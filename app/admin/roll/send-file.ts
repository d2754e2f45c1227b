/** Sends a file in pieces, so that a line that breaks costs one piece and not the file. */

export type SendProblem = 'too-large' | 'signed-out' | 'failed' | { readonly refused: string };

interface Sending {
  readonly pieceBytes: number;
  readonly onSent: (bytes: number) => void;
  /** The line broke: it is tried again in so many seconds. */
  readonly onWait: (seconds: number) => void;
}

const WAITS_SECONDS = [1, 2, 4, 8, 15, 30, 30, 60, 60, 60];

interface Answer {
  readonly status: number;
  readonly body: { reason?: unknown; importId?: unknown; received?: unknown };
}

/** The id of the import, or why it could not be sent. */
export async function sendFile(
  file: File,
  { pieceBytes, onSent, onWait }: Sending,
): Promise<{ importId: string } | { problem: SendProblem }> {
  const begun = await again(onWait, () =>
    ask(
      '/admin/roll/files',
      'POST',
      JSON.stringify({ name: file.name, size: file.size, modified: file.lastModified }),
      'application/json',
    ),
  );
  if (begun === null || begun.status !== 200) return { problem: problemOf(begun) };
  const importId = String(begun.body.importId);
  for (let at = Number(begun.body.received); at < file.size;) {
    onSent(at);
    const piece = file.slice(at, at + pieceBytes);
    const place = `/admin/roll/files/${importId}?at=${String(at)}`;
    const taken = await again(onWait, () => ask(place, 'PUT', piece, 'application/octet-stream'));
    if (taken === null || taken.status !== 200) return { problem: problemOf(taken) };
    at = Number(taken.body.received);
  }
  onSent(file.size);
  return { importId };
}

async function ask(
  path: string,
  method: string,
  body: string | Blob,
  type: string,
): Promise<Answer> {
  const response = await fetch(path, { method, body, headers: { 'content-type': type } });
  const words: unknown = await response.json().catch(() => ({}));
  return { status: response.status, body: words as Answer['body'] };
}

/** Tries until the server says something of its own; null when it never does. */
async function again(
  onWait: (seconds: number) => void,
  work: () => Promise<Answer>,
): Promise<Answer | null> {
  for (const seconds of WAITS_SECONDS) {
    const answer = await work().catch(() => null);
    if (answer !== null && answer.status < 500) return answer;
    onWait(seconds);
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  }
  return null;
}

function problemOf(answer: Answer | null): SendProblem {
  if (answer === null) return 'failed';
  if (answer.status === 401) return 'signed-out';
  const { reason } = answer.body;
  if (reason === 'too-large') return 'too-large';
  return typeof reason === 'string' ? { refused: reason } : 'failed';
}
