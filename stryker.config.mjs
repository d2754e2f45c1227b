/**
 * `npm run mutate -- --mutate lib/tally/greedy.ts`: does a test fail when a line of a rule is changed?
 * Without `--mutate`: all rules of the count, which takes more than an hour on two busy cores.
 * What survives, and why: docs/tally-mutation.md.
 */
export default {
  plugins: ['@stryker-mutator/vitest-runner'],
  testRunner: 'vitest',
  vitest: { configFile: 'vitest.mutation.config.ts', related: true },
  mutate: [
    'lib/tally/{greedy,ceilings,equal-shares*,phragmen,maximin-support,hall-flow}.ts',
    'lib/tally/{max-welfare,knapsack,borda,per-sol,ties,funding,supports,election,satisfaction}.ts',
    '!lib/tally/*.test.ts',
  ],
  // The sandbox gets what the count needs and nothing else.
  ignorePatterns: ['**', '!lib/tally/**', '!{package,tsconfig}.json', '!vitest.mutation.config.ts'],
  reporters: ['clear-text', 'json'],
  clearTextReporter: { allowColor: false, reportTests: false, logTests: false },
  jsonReporter: { fileName: 'reports/mutation.json' },
  concurrency: 1,
  ignoreStatic: true,
  timeoutMS: 8000,
  timeoutFactor: 1.2,
};
