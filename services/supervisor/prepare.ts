import { generateKeyPairSync } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { migrateBallotBox } from '@/db/ballot-box/migrate';
import type { WitnessKey } from '@/lib/record/cosignature';
import { createKey, environmentText, readKey } from '../witness/key';
import { ensureOrderKey } from '../worker/keys';
import { ensureDatabase, ensureLogin, migrateRegistry } from './databases';
import type { Home } from './home';
import type { Cluster } from './postgres';

/** What the parts of an instance are told, and the public halves of its keys. */
export interface Prepared {
  /** Every variable by name; each part gets its own of them. */
  readonly env: Record<string, string>;
  readonly witness: WitnessKey;
}

/** Both databases migrated and with their logins, every key made: all that comes before the parts. */
export async function prepare(
  home: Home,
  options: { port: number; demo: boolean; registry: Cluster; ballotBox: Cluster },
): Promise<Prepared> {
  const { registry, ballotBox } = options;
  const password = home.secrets.postgres;
  await ensureDatabase(registry.ownerUrl('postgres'), 'registry');
  await ensureDatabase(ballotBox.ownerUrl('postgres'), 'ballot_box');
  await migrateRegistry(registry.ownerUrl('registry'));
  await migrateBallotBox(ballotBox.ownerUrl('ballot_box'));
  await ensureLogin(registry.ownerUrl('registry'), 'registry', 'minka_registry_app', password);
  await ensureLogin(
    ballotBox.ownerUrl('ballot_box'),
    'ballot_box',
    'minka_ballot_box_app',
    password,
  );

  const orderKey = await ensureOrderKey(home.keys);
  const recordKeyFile = join(home.folder, 'record-key.pem');
  await ensureRecordKey(recordKeyFile);
  const witness = await ensureWitness(home);
  const env: Record<string, string> = {
    PORT: String(options.port),
    DATABASE_URL: registry.loginUrl('registry', 'registry'),
    BALLOT_BOX_DATABASE_URL: ballotBox.loginUrl('ballot_box', 'ballot_box'),
    BALLOT_BOX_PORT: String(options.port + 1),
    MINKA_SITE_URL: `http://localhost:${String(options.port)}`,
    MINKA_BALLOT_BOX_URL: `http://localhost:${String(options.port + 1)}`,
    MINKA_SESSION_SECRET: home.secrets.session,
    MINKA_DNI_KEY: home.secrets.dni,
    MINKA_ROLL_KEY: home.secrets.roll,
    MINKA_PERSON_KEYS: '',
    MINKA_UPLOADS_DIR: join(home.folder, 'uploads'),
    MINKA_ISSUER_SOCKET: join(home.keys, 'issuer.sock'),
    MINKA_KEYS_DIR: home.keys,
    MINKA_RECORD_KEY_FILE: recordKeyFile,
    MINKA_ORDER_PUBLIC_KEY: orderKey,
    MINKA_BOX_STATE_DIR: join(home.folder, 'published'),
    MINKA_WITNESSES: environmentText(witness),
    MINKA_DEMO: options.demo ? '1' : '0',
    // One person tries the demonstration alone.
    // Everybody who tries the demonstration comes from one address, and the simulator plays hundreds.
    MINKA_LIMIT_FACTOR: options.demo ? '1000' : '1',
    MINKA_TWO_PEOPLE: options.demo ? '0' : '1',
  };
  return { env, witness };
}

/** The Ed25519 key of the public record, made once. */
async function ensureRecordKey(path: string): Promise<void> {
  if (await readFile(path).catch(() => null)) return;
  const { privateKey } = generateKeyPairSync('ed25519');
  await writeFile(path, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
}

/** The demonstration's own witness. A real one is run by outsiders, on their machine. */
async function ensureWitness(home: Home): Promise<WitnessKey> {
  if (existsSync(home.witnessKeyFile)) return readKey(home.witnessKeyFile);
  return createKey(home.witnessKeyFile, 'testigo.demo');
}
