import { drizzle } from 'drizzle-orm/postgres-js';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { operatorEnv } from '@/lib/env';
import * as schema from './schema';

export type RegistryDatabase = PostgresJsDatabase<typeof schema>;
export type RegistryTransaction = Parameters<Parameters<RegistryDatabase['transaction']>[0]>[0];
/** What a query needs: the database itself or a transaction on it. */
export type Registry = RegistryDatabase | RegistryTransaction;

interface Connection {
  sql: postgres.Sql;
  db: RegistryDatabase;
}

export function connectRegistry(url: string, connections = 10): Connection {
  const sql = postgres(url, { max: connections, onnotice: () => undefined });
  return { sql, db: drizzle(sql, { schema }) };
}

// One pool per process, kept on globalThis because the bundler may load this module twice.
const holder = globalThis as typeof globalThis & { minkaRegistry?: Connection };

function connection(): Connection {
  return (holder.minkaRegistry ??= connectRegistry(operatorEnv().DATABASE_URL));
}

/** The process's registry database, connected at first use and never at import. */
export function registry(): RegistryDatabase {
  return connection().db;
}

export async function closeRegistry(): Promise<void> {
  const open = holder.minkaRegistry;
  delete holder.minkaRegistry;
  await open?.sql.end({ timeout: 5 });
}
