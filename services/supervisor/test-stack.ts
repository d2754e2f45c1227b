import { removeHome, StartProblem } from './home';
import { startStack } from './stack';

/** What the browser tests run against: everything from nothing, the current round in draft. */
const FOLDER = '.minka-test';

async function main(): Promise<void> {
  const interrupted = new Promise<void>((done) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        done();
      });
    }
  });
  await removeHome(FOLDER);
  const stack = await startStack({
    folder: FOLDER,
    port: Number(process.env['MINKA_E2E_PORT'] ?? '3400'),
    currentRound: 'draft',
    demo: true,
    say: (line) => {
      console.log(line);
    },
  });
  await interrupted;
  await stack.stop();
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof StartProblem ? error.message : error);
    process.exit(1);
  },
);
