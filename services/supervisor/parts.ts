import { join } from 'node:path';
import { Supervised, waitFor, type Part } from './children';
import type { Home } from './home';

const SERVICE = ['--conditions=react-server', '--import', 'tsx'];
/** In a hall people want to see the record cosigned while they look. */
const WITNESS_SECONDS = 5;

/** What each part may know, by name; the rest of the environment never reaches it. */
const PART_VARIABLES = {
  'ballot-box': [
    'BALLOT_BOX_DATABASE_URL',
    'BALLOT_BOX_PORT',
    'MINKA_SITE_URL',
    'MINKA_RECORD_KEY_FILE',
    'MINKA_ORDER_PUBLIC_KEY',
    'MINKA_BOX_STATE_DIR',
    'MINKA_VERSION',
  ],
  worker: [
    'DATABASE_URL',
    'MINKA_BALLOT_BOX_URL',
    'MINKA_ISSUER_SOCKET',
    'MINKA_KEYS_DIR',
    'MINKA_DNI_KEY',
    'MINKA_ROLL_KEY',
    'MINKA_PERSON_KEYS',
    'MINKA_UPLOADS_DIR',
    'MINKA_LIMIT_FACTOR',
    'MINKA_WITNESSES',
    'MINKA_VERSION',
  ],
  // An outsider: it is told an address and files of its own, and nothing of the others.
  witness: [],
  web: [
    'PORT',
    'DATABASE_URL',
    'MINKA_SITE_URL',
    'MINKA_BALLOT_BOX_URL',
    'MINKA_SESSION_SECRET',
    'MINKA_DNI_KEY',
    'MINKA_ROLL_KEY',
    'MINKA_PERSON_KEYS',
    'MINKA_UPLOADS_DIR',
    'MINKA_ISSUER_SOCKET',
    'MINKA_DEMO',
    'MINKA_TWO_PEOPLE',
    'MINKA_LIMIT_FACTOR',
    'MINKA_VERSION',
  ],
} as const satisfies Record<Part['name'], readonly string[]>;

/** How a part of this instance is started, with nothing but its own variables. */
export function partOf(
  name: Part['name'],
  env: Record<string, string>,
  witness: { keyFile: string; seconds: number },
): Part {
  const args = {
    'ballot-box': [...SERVICE, 'services/ballot-box/main.ts'],
    worker: [...SERVICE, 'services/worker/main.ts'],
    witness: [
      ...[...SERVICE, 'services/cli/witness.ts', env['MINKA_BALLOT_BOX_URL'] ?? ''],
      ...['--key', witness.keyFile, '--interval', String(witness.seconds)],
    ],
    web: [
      ...['node_modules/next/dist/bin/next', 'start', '-p', env['PORT'] ?? ''],
      // As long as the ballot box. Next's five seconds close connections that are about to be used.
      ...['--keepAliveTimeout', '20000'],
    ],
  };
  const own = Object.fromEntries(PART_VARIABLES[name].map((key) => [key, env[key] ?? '']));
  return { name, args: args[name], env: own };
}

/** Starts every part and waits until the box and the site answer. */
export async function startParts(
  home: Home,
  options: { say: (line: string) => void },
  env: Record<string, string>,
  running: { stop: () => Promise<void> }[],
): Promise<void> {
  options.say('Arrancando la urna, el trabajador, el testigo y el sitio…');
  const witness = { keyFile: home.witnessKeyFile, seconds: WITNESS_SECONDS };
  for (const name of ['ballot-box', 'worker', 'witness', 'web'] as const) {
    running.push(new Supervised(partOf(name, env, witness), home.folder));
  }
  const log = (name: string) => join(home.folder, `${name}.log`);
  const answers = async (variable: string, path: string) =>
    (await fetch(`${env[variable] ?? ''}${path}`)).ok;
  await waitFor('La urna', log('ballot-box'), () => answers('MINKA_BALLOT_BOX_URL', '/health'));
  await waitFor('El sitio', log('web'), () => answers('MINKA_SITE_URL', '/api/health'));
}
