import type { CheckId } from '../report';
import type { RecordFileMap } from './record-draft';
import type { GoodRecord } from './tampering';
import { ballotCorruptions } from './corrupt-ballots';
import { closingCorruptions } from './corrupt-closing';
import { indexCorruptions } from './corrupt-index';
import { numberCorruptions } from './corrupt-numbers';
import { treeCorruptions } from './corrupt-tree';

/** One change to a good record, the check it is meant for, and what else it cannot help breaking. */
export interface Corruption {
  readonly name: string;
  readonly own: CheckId;
  readonly also?: readonly CheckId[];
  readonly make: (good: GoodRecord) => RecordFileMap;
  /** An older checkpoint, for the checks against one. */
  readonly since?: (good: GoodRecord) => string;
  /** The hash on the poster. */
  readonly manifestHash?: (good: GoodRecord) => string;
}

export const CORRUPTIONS: readonly Corruption[] = [
  ...treeCorruptions,
  ...indexCorruptions,
  ...ballotCorruptions,
  ...numberCorruptions,
  ...closingCorruptions,
];
