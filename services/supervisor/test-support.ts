import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import { inject } from 'vitest';
import { connectRegistry } from '@/db/registry/client';
import type { RegistryDatabase } from '@/db/registry/client';
import { TEMPLATE } from './test-databases';
import type { TestClusters } from './test-databases';

interface FreshDatabase {
  /** Connection string of the application's role. */
  url: string;
  /** Connection string of the owner, who may drop constraints. */
  ownerUrl: string;
  /** The owner's connection. */
  owner: postgres.Sql;
  drop: () => Promise<void>;
}

function connect(url: string, max = 4): postgres.Sql {
  return postgres(url, { max, onnotice: () => undefined });
}

async function clone(cluster: TestClusters['registry']): Promise<FreshDatabase> {
  const name = `t_${randomBytes(6).toString('hex')}`;
  const server = connect(cluster.owner.replace('DATABASE', 'postgres'), 1);
  await server`create database ${server(name)} template ${server(TEMPLATE)}`;
  const ownerUrl = cluster.owner.replace('DATABASE', name);
  const owner = connect(ownerUrl);
  return {
    url: cluster.login.replace('DATABASE', name),
    ownerUrl,
    owner,
    drop: async () => {
      await owner.end({ timeout: 5 });
      await server`drop database if exists ${server(name)} with (force)`;
      await server.end();
    },
  };
}

/** A migrated registry of its own: `db` and `sql` speak as the application's role. */
export async function freshRegistry(
  connections = 20,
): Promise<FreshDatabase & { db: RegistryDatabase; sql: postgres.Sql }> {
  const fresh = await clone(inject('clusters').registry);
  const { db, sql } = connectRegistry(fresh.url, connections);
  return {
    ...fresh,
    db,
    sql,
    drop: async () => {
      await sql.end({ timeout: 5 });
      await fresh.drop();
    },
  };
}

/** A migrated ballot box of its own: `sql` speaks as the application's role. */
export async function freshBallotBox(
  connections = 20,
): Promise<FreshDatabase & { sql: postgres.Sql }> {
  const fresh = await clone(inject('clusters').ballotBox);
  const sql = connect(fresh.url, connections);
  return {
    ...fresh,
    sql,
    drop: async () => {
      await sql.end({ timeout: 5 });
      await fresh.drop();
    },
  };
}
