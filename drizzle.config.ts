import { defineConfig } from 'drizzle-kit';

// `npm run db:generate -- --name what_it_does`; the ballot box has its own hand-written migrations.
export default defineConfig({
  dialect: 'postgresql',
  schema: './db/registry/schema',
  out: './db/registry/migrations',
  casing: 'snake_case',
});
