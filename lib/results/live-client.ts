import { readSnapshot, type LiveSnapshot } from './snapshot';

/**
 * The live figures of a round in a browser: the ballot box's stream, and polling while the stream
 * is away. Whoever listens hears only changes, and always knows whether the figures are current.
 */

export interface LiveState {
  /** The newest figures; null until some have come. */
  readonly snapshot: LiveSnapshot | null;
  /** False from the first failed call until the ballot box answers again. */
  readonly online: boolean;
}

export interface LiveSource {
  readonly boxUrl: string;
  readonly round: string;
  /** A contest of some districts only, whose bars are sent to who asks for them. */
  readonly contest?: string | undefined;
}

/** The box shows a sign of life every 10 s: two missed and a margin mean that the line is dead. */
const SILENCE_MS = 25_000;
const POLL_EVERY_MS = 3_000;
const TRY_STREAM_AGAIN_MS = 15_000;

/** Watches until the returned function is called. */
export function watchLive(source: LiveSource, onChange: (state: LiveState) => void): () => void {
  const base = `${source.boxUrl}/v1/rounds/${encodeURIComponent(source.round)}`;
  const query = source.contest ? `?contest=${encodeURIComponent(source.contest)}` : '';
  let state: LiveState = { snapshot: null, online: true };
  let stream: EventSource | null = null;
  let ended = false;
  let polling: ReturnType<typeof setInterval> | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;

  const tell = (change: Partial<LiveState>): void => {
    const next = { ...state, ...change };
    const isNews = next.snapshot !== state.snapshot || next.online !== state.online;
    state = next;
    if (isNews && !ended) onChange(state);
  };

  const hear = (text: string): void => {
    const snapshot = readSnapshot(text);
    if (snapshot) tell({ snapshot: isNewer(snapshot, state.snapshot) ? snapshot : state.snapshot });
  };

  const poll = async (): Promise<void> => {
    try {
      // The browser asks with the ETag it has: an unchanged answer costs a few bytes.
      const answer = await fetch(`${base}/live${query}`, {
        cache: 'no-cache',
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
      });
      if (!answer.ok) throw new Error(`The ballot box answered ${answer.status}`);
      hear(await answer.text());
      tell({ online: true });
    } catch {
      tell({ online: false });
    }
  };

  const startPolling = (): void => {
    if (ended || polling !== undefined) return;
    void poll();
    polling = setInterval(() => void poll(), POLL_EVERY_MS);
  };

  const alive = (): void => {
    if (ended) return;
    clearInterval(polling);
    polling = undefined;
    clearTimeout(silence);
    silence = setTimeout(startPolling, SILENCE_MS);
    tell({ online: true });
  };

  const open = (): void => {
    stream = new EventSource(`${base}/stream${query}`);
    stream.addEventListener('open', alive);
    stream.addEventListener('alive', alive);
    stream.addEventListener('message', (message: MessageEvent<string>) => {
      alive();
      hear(message.data);
    });
    stream.addEventListener('error', () => {
      startPolling();
      // Refused for good (no room, a proxy's error page): the browser does not try again by itself.
      if (stream?.readyState === EventSource.CLOSED) again = setTimeout(open, TRY_STREAM_AGAIN_MS);
    });
  };

  open();
  return () => {
    ended = true;
    stream?.close();
    clearInterval(polling);
    clearTimeout(silence);
    clearTimeout(again);
  };
}

/** Two paths bring figures: an older answer that arrives late changes nothing. */
function isNewer(snapshot: LiveSnapshot, known: LiveSnapshot | null): boolean {
  return known === null || snapshot.at > known.at || snapshot.state !== known.state;
}
