import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { migrateBallotBox } from '../../db/ballot-box/migrate';
import { ensureDatabase, ensureLogin, migrateRegistry } from './databases';
import { clusterHome, startCluster } from './postgres';
import { anyFreePort } from './ports';

export interface TestClusters {
  registry: { owner: string; login: string };
  ballotBox: { owner: string; login: string };
}

declare module 'vitest' {
  export interface ProvidedContext {
    clusters: TestClusters;
  }
}

export const TEMPLATE = 'minka_template';

/** Two real clusters for the whole run, each with a migrated template that tests clone. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(await clusterHome(tmpdir()), 'minka-test-'));
  // The unprivileged user whom root lends PostgreSQL to walks through here.
  await chmod(folder, 0o755);
  const password = randomBytes(12).toString('hex');
  const start = async (name: string) =>
    startCluster({
      directory: join(folder, name),
      port: await anyFreePort(),
      password,
      durable: false,
      maxConnections: 700,
    });
  const registry = await start('registry');
  const ballotBox = await start('ballot-box');
  await ensureDatabase(registry.ownerUrl('postgres'), TEMPLATE);
  await ensureDatabase(ballotBox.ownerUrl('postgres'), TEMPLATE);
  await migrateRegistry(registry.ownerUrl(TEMPLATE));
  await migrateBallotBox(ballotBox.ownerUrl(TEMPLATE));
  await ensureLogin(registry.ownerUrl(TEMPLATE), 'registry', 'minka_registry_app', password);
  await ensureLogin(ballotBox.ownerUrl(TEMPLATE), 'ballot_box', 'minka_ballot_box_app', password);
  project.provide('clusters', {
    registry: {
      owner: registry.ownerUrl('DATABASE'),
      login: registry.loginUrl('registry', 'DATABASE'),
    },
    ballotBox: {
      owner: ballotBox.ownerUrl('DATABASE'),
      login: ballotBox.loginUrl('ballot_box', 'DATABASE'),
    },
  });
  return async () => {
    await Promise.all([registry.stop(), ballotBox.stop()]);
    await rm(folder, { recursive: true, force: true });
  };
}
