import fc from 'fast-check';

// A mutant is dead with the first counterexample, nobody looks for a smaller one; and thousands of
// mutants on a busy machine leave half a second for each property.
const impatient: fc.Parameters<unknown> = {
  endOnFailure: true,
  plugins: [fc.interruptAfterTimeLimit(500)],
};
fc.configureGlobal(impatient);
