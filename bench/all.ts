import { spawnSync } from 'node:child_process';

/**
 * `npm run -s bench [-- NAME [options]]`: runs one benchmark, or all of them one after the other.
 * Each prints its figures as JSON on stdout and its progress on stderr.
 */
const BENCHES = ['tally', 'ballot-box', 'record', 'verify', 'roll-import', 'verification'] as const;

const [wanted, ...options] = process.argv.slice(2);
const chosen = wanted === undefined ? BENCHES : BENCHES.filter((name) => name === wanted);

if (chosen.length === 0) {
  console.error(
    `No hay ningún banco de pruebas «${wanted ?? ''}». Los que hay: ${BENCHES.join(', ')}.`,
  );
  process.exitCode = 1;
}
for (const name of chosen) {
  const args = ['--conditions=react-server', '--import', 'tsx', `bench/${name}.ts`, ...options];
  const { status } = spawnSync(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) process.exitCode = 1;
}
