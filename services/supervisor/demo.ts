import { parseArgs } from 'node:util';
import { demoPeopleLines } from './demo-people';
import { removeHome, takeLock } from './home';
import { StartProblem } from './start-problem';
import { isInterruption, onInterruption } from './interruption';
import { startStack } from './stack';

const FOLDER = '.minka';

function say(line: string): void {
  console.log(`· ${line}`);
}

function readOptions(): { reset: boolean; port: number } {
  const { values } = parseArgs({ options: { reset: { type: 'boolean', default: false } } });
  const port = Number(process.env['PORT'] ?? '3000');
  if (!Number.isInteger(port) || port < 1 || port > 65534) {
    throw new StartProblem(
      `PORT debe ser un número entre 1 y 65534; vino «${process.env['PORT'] ?? ''}».`,
    );
  }
  return { reset: values.reset, port };
}

async function main(): Promise<void> {
  const { reset, port } = readOptions();
  if (reset) {
    say('Borrando los datos de la demostración…');
    const unlock = await takeLock(FOLDER).catch((error: unknown) => {
      // No folder yet: nothing to lock and nothing to delete.
      if (error instanceof StartProblem) throw error;
      return null;
    });
    await unlock?.();
    await removeHome(FOLDER);
  }
  const interruption = onInterruption();
  const starting = startStack({
    folder: FOLDER,
    port,
    currentRound: 'open',
    demo: true,
    say,
    signal: interruption.signal,
  });
  const stack = await starting;
  console.log(`\nMinka listo: ${stack.siteUrl}`);
  for (const line of demoPeopleLines(stack)) console.log(line);
  await interruption.happened;
  console.log('\nCerrando…');
  await stack.stop();
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    if (isInterruption(error)) process.exit(130);
    console.error(error instanceof StartProblem ? `\n${error.message}` : error);
    process.exit(1);
  },
);
