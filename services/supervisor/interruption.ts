class Interruption extends Error {}

export function isInterruption(error: unknown): boolean {
  return error instanceof Interruption;
}

/**
 * Ctrl-C, a polite kill, a closed terminal, or the death of the process that started us: told once
 * as a promise for who waits, and as a signal for who is in the middle of something.
 */
export function onInterruption(): { signal: AbortSignal; happened: Promise<void> } {
  const controller = new AbortController();
  const happened = new Promise<void>((done) => {
    for (const event of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const) {
      process.on(event, () => {
        controller.abort(new Interruption());
        done();
      });
    }
  });
  return { signal: controller.signal, happened };
}
