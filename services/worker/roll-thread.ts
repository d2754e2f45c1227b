import { parentPort, workerData } from 'node:worker_threads';
import { connectRegistry } from '@/db/registry/client';
import { advanceImport } from '@/lib/roll/import/work';
import { personKeys } from '@/lib/roll/person-crypto';
import { describeError } from '@/lib/shared/log';
import type { RollThreadMessage, RollThreadWork } from './roll-work';

const port = parentPort;
if (port === null) throw new Error('services/worker/roll-thread.ts runs in a worker thread.');
const tell = (message: RollThreadMessage): void => {
  port.postMessage(message);
};

/** A file that is not there has a code like a lost connection's, and no second try brings it back. */
const OF_DATABASE =
  /^(ECONN[A-Z]+|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|CONNECT\w*|08\d{3}|40\w{3}|53\w{3}|57P\w{2})$/;

/** A connection that was lost, refused or shut: the step is tried again. */
function isOfDatabase(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    const code = 'code' in at && typeof at.code === 'string' ? at.code : '';
    if (OF_DATABASE.test(code)) return true;
  }
  return false;
}

const work = workerData as RollThreadWork;
const { db, sql } = connectRegistry(work.databaseUrl, 4);
try {
  const keys = { dniKey: work.dniKey, people: personKeys(work.rollKey, work.personKeys) };
  await advanceImport({ db, sql, keys, uploads: work.uploads }, work.importId);
  tell({ type: 'done' });
} catch (error) {
  tell({ type: 'failed', error: describeError(error), isDatabase: isOfDatabase(error) });
} finally {
  await sql.end({ timeout: 5 });
}
