import { readFile } from 'node:fs/promises';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { fileURLToPath } from 'node:url';

const project = new URL('../../', import.meta.url);

function connect(url: string): postgres.Sql {
  return postgres(url, { max: 1, onnotice: () => undefined });
}

/** Creates the database when the server lacks it; the URL names the server's `postgres` database. */
export async function ensureDatabase(serverUrl: string, name: string): Promise<void> {
  const sql = connect(serverUrl);
  try {
    const [found] = await sql`select 1 from pg_database where datname = ${name}`;
    if (!found) await sql`create database ${sql(name)}`;
  } finally {
    await sql.end();
  }
}

/** A login that is a member of an application role and of nothing else. */
export async function ensureLogin(
  ownerUrl: string,
  login: string,
  role: string,
  password: string,
): Promise<void> {
  const sql = connect(ownerUrl);
  try {
    const [found] = await sql`select 1 from pg_roles where rolname = ${login}`;
    const verb = found ? 'alter' : 'create';
    // The server writes the quoted statement: role names and passwords cannot be parameters.
    const [statement] = await sql<{ text: string }[]>`
      select format('%s role %I login password %L', ${verb}::text, ${login}::text, ${password}::text) as text`;
    await sql.begin(async (tx) => {
      await tx`select set_config('minka.statement', ${statement?.text ?? ''}, true)`;
      await tx`do $$ begin execute current_setting('minka.statement'); end $$`;
      await tx`grant ${tx(role)} to ${tx(login)}`;
    });
  } finally {
    await sql.end();
  }
}

export async function migrateRegistry(ownerUrl: string): Promise<void> {
  const sql = connect(ownerUrl);
  try {
    await migrate(drizzle(sql), {
      migrationsFolder: fileURLToPath(new URL('db/registry/migrations', project)),
    });
  } finally {
    await sql.end();
  }
}

export async function readJson<T>(path: string): Promise<T | null> {
  const text = await readFile(path, 'utf8').catch(() => null);
  return text === null ? null : (JSON.parse(text) as T);
}
