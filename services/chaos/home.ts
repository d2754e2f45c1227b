import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectRegistry } from '@/db/registry/client';
import type { RegistryDatabase } from '@/db/registry/client';
import { Supervised, waitFor, type Part } from '../supervisor/children';
import { openHome, removeHome, type Home } from '../supervisor/home';
import { partOf } from '../supervisor/parts';
import { anyFreePort, isFree } from '../supervisor/ports';
import { prepare, type Prepared } from '../supervisor/prepare';
import { FallingCluster } from './cluster';

type PartName = Part['name'];

/** All of Minka in a folder of its own, to be beaten. */
export interface ChaosHome {
  readonly home: Home;
  readonly prepared: Prepared;
  readonly clusters: { readonly registry: FallingCluster; readonly ballotBox: FallingCluster };
  readonly parts: ReadonlyMap<PartName, Supervised>;
  readonly boxUrl: string;
  readonly db: RegistryDatabase;
  /** Starts what reads the round: it needs a registry with something in it first. */
  startParts(): Promise<void>;
  /** Until box and, when there is one, site answer. */
  healthy(): Promise<void>;
  stop(): Promise<void>;
  remove(): Promise<void>;
}

/** The witness looks often: what it misses between two looks it could not compare. */
const WITNESS_SECONDS = 1;

export async function chaosHome(
  options: { web: boolean; version: string },
  say: (line: string) => void,
): Promise<ChaosHome> {
  const folder = await mkdtemp(join(tmpdir(), 'minka-chaos-'));
  // The unprivileged user whom root lends PostgreSQL to walks through here.
  await chmod(folder, 0o711);
  const home = await openHome(folder);
  const port = await twoFreePorts();
  const { postgres: password } = home.secrets;
  const start = async (name: string) =>
    FallingCluster.start(home.clusters, { name, port: await anyFreePort(), password });
  const clusters = { registry: await start('registry'), ballotBox: await start('ballot-box') };
  const prepared = await prepare(home, {
    port,
    demo: true,
    registry: clusters.registry.now,
    ballotBox: clusters.ballotBox.now,
  });
  const { env } = prepared;
  env['MINKA_VERSION'] = options.version;
  const { db, sql } = connectRegistry(env['DATABASE_URL'] ?? '', 12);
  const boxUrl = env['MINKA_BALLOT_BOX_URL'] ?? '';
  const parts = new Map<PartName, Supervised>();
  const log = (name: string) => join(home.folder, `${name}.log`);
  const answers = (address: string) => async () =>
    (await fetch(address, { signal: AbortSignal.timeout(5000) })).ok;
  const healthy = async () => {
    await waitFor('La urna', log('ballot-box'), answers(`${boxUrl}/health`));
    if (!options.web) return;
    await waitFor('El sitio', log('web'), answers(`${env['MINKA_SITE_URL'] ?? ''}/api/health`));
  };
  return {
    home,
    prepared,
    clusters,
    parts,
    boxUrl,
    db,
    healthy,
    startParts: async () => {
      const names = ['ballot-box', 'worker', 'witness', 'web'] as const;
      const witness = { keyFile: home.witnessKeyFile, seconds: WITNESS_SECONDS };
      for (const name of names.filter((one) => one !== 'web' || options.web)) {
        parts.set(name, new Supervised(partOf(name, env, witness), home.folder, say));
      }
      await healthy();
    },
    stop: async () => {
      for (const part of [...parts.values()].reverse()) await part.stop();
      await sql.end({ timeout: 5 });
      for (const cluster of Object.values(clusters)) await cluster.stop();
    },
    remove: () => removeHome(home.folder),
  };
}

async function twoFreePorts(): Promise<number> {
  for (;;) {
    const port = await anyFreePort();
    if (port < 65_535 && (await isFree(port + 1))) return port;
  }
}
