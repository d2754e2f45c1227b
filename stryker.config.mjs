/**
 * `npm run mutate`: does a test fail when a line of the count is changed? Minutes to hours on two
 * cores; name files to narrow it: `npm run mutate -- --mutate lib/tally/greedy.ts`.
 */
export default {
  plugins: ['@stryker-mutator/vitest-runner'],
  testRunner: 'vitest',
  vitest: { configFile: 'vitest.config.ts', related: true },
  mutate: [
    'lib/tally/*.ts',
    '!lib/tally/*.test.ts',
    '!lib/tally/types.ts',
    '!lib/tally/version.ts',
  ],
  reporters: ['clear-text', 'json'],
  jsonReporter: { fileName: 'reports/mutation.json' },
  concurrency: 2,
  ignoreStatic: true,
};
