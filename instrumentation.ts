/** Runs once when the web process starts: a wrong environment stops it before the first request. */
export async function register(): Promise<void> {
  if (process.env['NEXT_RUNTIME'] !== 'nodejs') return;
  const { webEnv } = await import('@/lib/env');
  try {
    webEnv();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
  const { watchPeers } = await import('@/lib/limits/peer');
  watchPeers();
}
