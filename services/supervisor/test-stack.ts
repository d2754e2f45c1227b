import { removeHome } from './home';
import { StartProblem } from './start-problem';
import { isInterruption, onInterruption } from './interruption';
import { startStack } from './stack';

/** What the browser tests run against: everything from nothing, the current round in draft. */
const FOLDER = '.minka-test';

async function main(): Promise<void> {
  const interruption = onInterruption();
  await removeHome(FOLDER);
  const stack = await startStack({
    folder: FOLDER,
    port: Number(process.env['MINKA_E2E_PORT'] ?? '3400'),
    currentRound: 'draft',
    demo: true,
    say: (line) => {
      console.log(line);
    },
    signal: interruption.signal,
  });
  await interruption.happened;
  await stack.stop();
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    if (isInterruption(error)) process.exit(130);
    console.error(error instanceof StartProblem ? error.message : error);
    process.exit(1);
  },
);
