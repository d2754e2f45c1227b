import fc from 'fast-check';

// A mutant is dead with the first counterexample, nobody looks for a smaller one; and thousands of
// mutants on a busy machine leave half a second for each property.
fc.configureGlobal({ endOnFailure: true, plugins: [fc.interruptAfterTimeLimit(500)] });
