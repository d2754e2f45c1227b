import { isMainThread } from 'node:worker_threads';
import { runCommand } from './command';
import { serve } from './worker';

/**
 * The verifier as one program: the command in the main thread, a checker of ballots in the others.
 * Bundled into a single file it can be copied anywhere and run with plain Node.
 */
if (isMainThread) {
  process.exitCode = await runCommand(process.argv.slice(2), new URL(import.meta.url));
} else {
  serve();
}
