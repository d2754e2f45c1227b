import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));

/**
 * For `npm run mutate`: the quick tests of the count's rules, one after the other, no shrinking.
 * MUTATION_TESTS narrows them to those of one rule, such as 'lib/tally/equal-shares*.test.ts'.
 */
export default defineConfig({
  resolve: { alias: [{ find: /^@\//, replacement: root }] },
  test: {
    include: [process.env['MUTATION_TESTS'] ?? 'lib/tally/*.test.ts'],
    // Minutes of real elections for every mutant would take days.
    exclude: ['lib/tally/official.test.ts', '**/node_modules/**'],
    setupFiles: ['lib/tally/cases/fail-fast.ts'],
  },
});
