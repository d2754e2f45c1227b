import { parseArgs } from 'node:util';
import { ensureBuild } from '../supervisor/build';
import { StartProblem } from '../supervisor/start-problem';
import { VICTIMS } from './blows';
import { runChaos } from './run';

/**
 * `npm run chaos [-- --rounds N --clients N --seed S --no-web]`: kills every part with -9 while people
 * vote, and compares the sealed record with what each voter was told. Progress on stderr, the report
 * as JSON on stdout; exit 1 when anything acknowledged is missing, doubled or changed.
 */

const { values } = parseArgs({
  allowNegative: true,
  options: {
    rounds: { type: 'string', default: '24' },
    clients: { type: 'string', default: '12' },
    seed: { type: 'string', default: String(Date.now()) },
    web: { type: 'boolean', default: true },
  },
});

const say = (line: string): void => {
  console.error(`· ${line}`);
};

try {
  const version = values.web ? await ensureBuild(say) : 'chaos';
  const report = await runChaos({
    seed: values.seed,
    rounds: Number(values.rounds),
    closingRounds: 4,
    clients: Number(values.clients),
    calmMs: 2500,
    pauseMs: 300,
    victims: VICTIMS,
    web: values.web,
    version,
    say,
  });
  console.log(JSON.stringify(report, null, 2));
  process.exit(report.ok ? 0 : 1);
} catch (error) {
  console.error(error instanceof StartProblem ? error.message : error);
  process.exit(1);
}
