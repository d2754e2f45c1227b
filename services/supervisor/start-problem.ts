/** A problem of the machine that has a name: it is told in one sentence, without a stack. */
export class StartProblem extends Error {}
