import { FileTooLarge, SourceAway, type RecordSource } from './source';

const TRIES = 3;
const TIMEOUT_MS = 120_000;

/** A record on the web, fetched like any outsider does: no cookies, no cache, three tries. */
export function urlSource(address: string): RecordSource {
  const base = address.endsWith('/') ? address : `${address}/`;
  return {
    read: async (path, maxBytes) => {
      const url = new URL(path, base);
      for (let attempt = 1; ; attempt++) {
        try {
          return await get(url, maxBytes);
        } catch (error) {
          if (error instanceof FileTooLarge || attempt === TRIES) throw error;
          await new Promise((done) => setTimeout(done, 300 * attempt));
        }
      }
    },
  };
}

async function get(url: URL, maxBytes: number): Promise<Uint8Array | null> {
  try {
    const response = await fetch(url, {
      cache: 'no-store',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.status === 404 || response.status === 410) {
      await response.body?.cancel();
      return null;
    }
    if (!response.ok || response.body === null) throw new Error(`status ${response.status}`);
    const parts: Uint8Array[] = [];
    let length = 0;
    const reader = response.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      length += value.length;
      if (length > maxBytes) {
        await reader.cancel();
        throw new FileTooLarge(url.pathname);
      }
      parts.push(value);
    }
    const bytes = new Uint8Array(length);
    let at = 0;
    for (const part of parts) {
      bytes.set(part, at);
      at += part.length;
    }
    return bytes;
  } catch (error) {
    if (error instanceof FileTooLarge) throw error;
    throw new SourceAway(url.href, { cause: error });
  }
}
