import fc from 'fast-check';

// A mutant is dead with the first counterexample; nobody looks for a smaller one.
fc.configureGlobal({ endOnFailure: true });
