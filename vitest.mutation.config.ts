import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));

/** For `npm run mutate`: the quick tests of the count's rules, one after the other, no shrinking. */
export default defineConfig({
  resolve: { alias: [{ find: /^@\//, replacement: root }] },
  test: {
    include: ['lib/tally/*.test.ts'],
    // Minutes of real elections for every mutant would take days.
    exclude: ['lib/tally/official.test.ts', '**/node_modules/**'],
    setupFiles: ['lib/tally/cases/fail-fast.ts'],
  },
});
