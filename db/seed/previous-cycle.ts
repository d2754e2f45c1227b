import { PREVIOUS_DISTRICTS } from './proposals/previous-districts';
import { PREVIOUS_PROVINCE } from './proposals/previous-province';
import type { SeedProposal } from './proposals/types';

/** The proposals of the demonstration's previous cycle, by number. */
export const PREVIOUS_PROPOSALS: readonly SeedProposal[] = [
  ...PREVIOUS_PROVINCE,
  ...PREVIOUS_DISTRICTS,
].sort((a, b) => a.number - b.number);
