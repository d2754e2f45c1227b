import { join } from 'node:path';
import { Supervised, waitFor, type Part } from './children';
import type { Home } from './home';

const SERVICE = ['--conditions=react-server', '--import', 'tsx'];
/** In a hall people want to see the record cosigned while they look. */
const WITNESS_SECONDS = 5;

/** What each part may know, by name; the rest of the environment never reaches it. */
export const PART_VARIABLES = {
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
    'MINKA_ISSUER_SOCKET',
    'MINKA_DEMO',
    'MINKA_VERSION',
  ],
} as const satisfies Record<Part['name'], readonly string[]>;

/** Starts every part and waits until the box and the site answer. */
export async function startParts(
  home: Home,
  options: { port: number; say: (line: string) => void },
  env: Record<string, string>,
  running: { stop: () => Promise<void> }[],
): Promise<void> {
  options.say('Arrancando la urna, el trabajador, el testigo y el sitio…');
  const begin = (name: Part['name'], args: string[]) => {
    const own = Object.fromEntries(PART_VARIABLES[name].map((key) => [key, env[key] ?? '']));
    running.push(new Supervised({ name, args, env: own }, home.folder));
  };
  const log = (name: string) => join(home.folder, `${name}.log`);
  begin('ballot-box', [...SERVICE, 'services/ballot-box/main.ts']);
  begin('worker', [...SERVICE, 'services/worker/main.ts']);
  const boxUrl = env['MINKA_BALLOT_BOX_URL'] ?? '';
  begin('witness', [
    ...[...SERVICE, 'services/cli/witness.ts', boxUrl, '--key', home.witnessKeyFile],
    ...['--interval', String(WITNESS_SECONDS)],
  ]);
  begin('web', ['node_modules/next/dist/bin/next', 'start', '-p', String(options.port)]);
  await waitFor('La urna', log('ballot-box'), async () => (await fetch(`${boxUrl}/health`)).ok);
  await waitFor(
    'El sitio',
    log('web'),
    async () => (await fetch(`${env['MINKA_SITE_URL'] ?? ''}/api/health`)).ok,
  );
}
