// Plain JavaScript without dependencies: this is what a machine with Node 20 and nothing
// installed can run. It installs, then hands over to the Node 24 that npm brought.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
process.chdir(root);
/** A file below services/, without its ending: supervisor/demo, cli/tally. */
const [task, ...args] = process.argv.slice(2);

const major = Number(process.versions.node.split('.')[0]);
if (major < 20) {
  console.error(`Minka necesita Node 20 o más nuevo; aquí hay ${process.versions.node}.`);
  process.exit(1);
}

const node = join(
  root,
  'node_modules',
  'node',
  'bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
);

function isInstalled() {
  const mark = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(mark) || !existsSync(node)) return false;
  if (statSync(mark).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs) return true;
  // A newer lock file with the same packages (a fresh checkout, say) needs no install.
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const present = JSON.parse(readFileSync(mark, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, entry]) => path === '' || entry.optional || present[path]?.version === entry.version,
  );
}

if (!isInstalled()) {
  // On stderr: a command's answer on stdout may be JSON.
  console.error('Instalando dependencias (una sola vez, unos minutos)…');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const install = (verb) =>
    spawnSync(npm, [verb, '--no-audit', '--no-fund', '--loglevel=error'], {
      stdio: ['ignore', process.stderr, process.stderr],
      shell: process.platform === 'win32',
    });
  let result = install('ci');
  // A registry that lacks a package of another platform makes `npm ci` refuse the lock file.
  if (result.status !== 0) result = install('install');
  if (result.status !== 0 || !existsSync(node)) {
    console.error(
      'No se pudieron instalar las dependencias. Revisa la conexión y el espacio en disco y vuelve a intentarlo.',
    );
    process.exit(1);
  }
}

const child = spawn(
  node,
  ['--conditions=react-server', '--import', 'tsx', `services/${task}.ts`, ...args],
  {
    // The channel tells the supervisor when this process dies, however it dies.
    stdio: ['inherit', 'inherit', 'inherit', ...(task.startsWith('supervisor/') ? ['ipc'] : [])],
    env: {
      ...process.env,
      PATH: `${join(root, 'node_modules', '.bin')}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH ?? ''}`,
    },
  },
);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    // The terminal signals the whole group; a signal sent to this process alone is passed on.
    child.kill(signal);
  });
}
child.on('exit', (code, signal) => {
  process.exit(code ?? (signal ? 1 : 0));
});
