import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import type { PgBoss } from 'pg-boss';
import type { RegistryDatabase } from '@/db/registry/client';
import { failImport, importsWithWork } from '@/lib/roll/import/work';
import { describeError, type ErrorWords } from '@/lib/shared/log';

/** What the import of rolls needs of the environment; strings, because a thread is told them. */
export interface RollOptions {
  readonly databaseUrl: string;
  readonly dniKey: string;
  readonly rollKey: string;
  readonly personKeys: string;
  readonly uploads: string;
}

export interface RollThreadWork extends RollOptions {
  readonly importId: string;
}

export type RollThreadMessage =
  | { readonly type: 'done' }
  | { readonly type: 'failed'; readonly error: ErrorWords; readonly isDatabase: boolean };

const QUEUE = 'roll-import';
/** A file that wants more is not a roll: the thread ends, and the process goes on. */
const THREAD_MIB = 640;
const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/** One import at a time, each step in a thread of its own: the worker goes on signing and closing. */
export async function startRollQueue(
  boss: PgBoss,
  db: RegistryDatabase,
  options: RollOptions,
  log: Logger,
): Promise<void> {
  await boss.createQueue(QUEUE, {
    policy: 'exclusive',
    retryLimit: 5,
    retryDelay: 2,
    retryBackoff: true,
    retryDelayMax: 60,
    expireInSeconds: 1800,
    deleteAfterSeconds: 3600,
  });
  // Steps can be repeated: what a killed worker was doing is begun again, not waited for.
  await boss.deleteAllJobs(QUEUE);
  await boss.work<{ importId: string }>(QUEUE, { pollingIntervalSeconds: 0.5 }, async (jobs) => {
    for (const { data } of jobs) await takeStep(db, { ...options, importId: data.importId }, log);
  });
}

/** One step of one import. Throws where trying again may help; whatever else goes wrong ends the import. */
export async function takeStep(
  db: RegistryDatabase,
  work: RollThreadWork,
  log: Pick<Logger, 'warn'>,
): Promise<void> {
  const ended = await inThread(work);
  if (ended.type === 'done') return;
  log.warn({ err: ended.error, importId: work.importId }, 'roll import step failed');
  if (ended.isDatabase) throw new Error('roll import step failed');
  // Not the database and not the file: trying the same again would end the same.
  await failImport(db, work.importId, 'unexpected', null);
}

/** Hands imports that wait to the queue; asking again for the same one does nothing. */
export async function queueRollImports(boss: PgBoss, db: RegistryDatabase): Promise<void> {
  for (const importId of await importsWithWork(db)) {
    await boss.send(QUEUE, { importId }, { singletonKey: importId });
  }
}

/** One step of an import, in a thread with limits. Never rejects: how it ended is the answer. */
function inThread(work: RollThreadWork): Promise<RollThreadMessage> {
  const thread = new Worker(new URL('./roll-thread.ts', import.meta.url), {
    workerData: work,
    execArgv: ['--conditions=react-server', '--import', TSX],
    resourceLimits: { maxOldGenerationSizeMb: THREAD_MIB },
  });
  return new Promise((resolve) => {
    const broken = (type: string): void => {
      resolve({ type: 'failed', error: { type }, isDatabase: false });
    };
    thread.once('message', resolve);
    thread.once('error', (error: unknown) => {
      broken(describeError(error).code ?? describeError(error).type);
    });
    thread.once('exit', (code) => {
      broken(`exit ${String(code)}`);
    });
  });
}
