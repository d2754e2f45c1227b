import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';

const folder = new URL('./migrations/', import.meta.url);

/**
 * Brings the ballot box's database up to date, one transaction per file, each file once. Runs as the
 * owner; the service itself only has the role that the first migration creates.
 */
export async function migrateBallotBox(ownerUrl: string): Promise<void> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => undefined });
  try {
    await sql`create table if not exists migration (name text constraint migration_pk primary key)`;
    for (const name of await ballotBoxMigrations()) {
      await sql.begin(async (tx) => {
        // Two starts at once take turns.
        await tx`lock table migration`;
        const [done] = await tx`select from migration where name = ${name}`;
        if (done) return;
        await tx.file(fileURLToPath(new URL(name, folder)));
        await tx`insert into migration (name) values (${name})`;
      });
    }
  } finally {
    await sql.end();
  }
}

async function ballotBoxMigrations(): Promise<string[]> {
  const files = await readdir(folder);
  return files.filter((name) => name.endsWith('.sql')).sort();
}
