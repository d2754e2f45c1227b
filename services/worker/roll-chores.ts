import type { RegistryDatabase } from '@/db/registry/client';
import { forgetContactCopies, forgetStrangers } from '@/lib/roll/copies';
import { eraseLeft, forgetFiles, forgetRejectedRows, settleProposals } from '@/lib/roll/retention';
import { sealWordsAgain } from '@/lib/privacy/rotation';
import { sealAgain } from '@/lib/roll/rotation';
import type { RollKeys } from '@/lib/roll/types';

/** What the worker knows of the roll besides its imports. */
export interface RollCare {
  readonly keys: RollKeys;
  readonly uploads: string;
  /** How long people who are on no roll any more are kept. */
  readonly retentionMonths: number;
}

const PORTIONS_AT_ONCE = 20;

/** Files, rejected rows and people go when their time is over; each is recorded, without a name. */
export async function forgetRolls(db: RegistryDatabase, care: RollCare): Promise<void> {
  await forgetFiles(db, care.uploads);
  await forgetRejectedRows(db);
  await forgetContactCopies(db);
  await forgetStrangers(db, care.retentionMonths);
  for (let portion = 0; portion < PORTIONS_AT_ONCE; portion += 1) {
    if ((await eraseLeft(db, care.retentionMonths)) === 0) return;
  }
}

/** Proposals that were turned down go back; after a rotation of keys everything is sealed again. */
export async function keepRolls(db: RegistryDatabase, care: RollCare): Promise<void> {
  await settleProposals(db);
  await sealAgain(db, care.keys);
  await sealWordsAgain(db, care.keys.people);
}
