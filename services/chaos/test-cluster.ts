import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { migrateBallotBox } from '@/db/ballot-box/migrate';
import type { TestBox } from '../ballot-box/test-box';
import { ensureDatabase, ensureLogin } from '../supervisor/databases';
import { anyFreePort } from '../supervisor/ports';
import { clusterHome } from '../supervisor/postgres';
import { FallingCluster } from './cluster';

/** A folder that the unprivileged user whom root lends PostgreSQL to can walk through. */
export async function reachableFolder(): Promise<string> {
  const folder = await mkdtemp(join(await clusterHome(tmpdir()), 'minka-crash-'));
  await chmod(folder, 0o755);
  return folder;
}

/** A ballot box's own durable cluster, which a test may crash, fill or exchange. */
export async function ownCluster(
  folder: string,
): Promise<{ cluster: FallingCluster; database: TestBox['database'] }> {
  const password = randomBytes(12).toString('hex');
  const of = { name: 'ballot-box', port: await anyFreePort(), password };
  const cluster = await FallingCluster.start(folder, of);
  const { now } = cluster;
  await ensureDatabase(now.ownerUrl('postgres'), 'ballot_box');
  const ownerUrl = now.ownerUrl('ballot_box');
  await migrateBallotBox(ownerUrl);
  await ensureLogin(ownerUrl, 'ballot_box', 'minka_ballot_box_app', password);
  const url = now.loginUrl('ballot_box', 'ballot_box');
  const connect = (to: string): postgres.Sql => postgres(to, { max: 4, onnotice: () => undefined });
  const [owner, sql] = [connect(ownerUrl), connect(url)];
  const drop = async (): Promise<void> => {
    await Promise.all([owner.end({ timeout: 1 }), sql.end({ timeout: 1 })]);
    await cluster.stop();
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  };
  return { cluster, database: { url, ownerUrl, owner, sql, drop } };
}
