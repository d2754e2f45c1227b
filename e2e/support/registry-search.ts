import postgres from 'postgres';

/**
 * Run by the tests in a process of its own, as the database's owner: looks for texts in every row of
 * every table of the registry, job queues included. Prints which tables hold which text.
 */
interface Search {
  readonly url: string;
  readonly texts: readonly string[];
}

const NOT_OURS = ['pg_catalog', 'information_schema', 'pg_toast'];

const { url, texts } = JSON.parse(process.argv[2] ?? '{}') as Search;
const sql = postgres(url, { max: 1 });
const tables = await sql<{ schema: string; name: string }[]>`
  select table_schema as schema, table_name as name from information_schema.tables
  where table_type = 'BASE TABLE' and table_schema <> all (${NOT_OURS})`;
const found: string[] = [];
let rows = 0;
for (const { schema, name } of tables) {
  const table = sql`${sql(schema)}.${sql(name)}`;
  const [size] = await sql<{ rows: number }[]>`select count(*)::int as rows from ${table}`;
  rows += size?.rows ?? 0;
  for (const text of texts) {
    const hits = await sql`
      select 1 from ${table} as t where position(${text} in t::text) > 0 limit 1`;
    if (hits.length > 0) found.push(`${schema}.${name}: ${text}`);
  }
}
await sql.end();
process.stdout.write(JSON.stringify({ tables: tables.length, rows, found }));
