import { workerEnv } from '@/lib/env';
import { createLog } from '@/lib/shared/log';
import { startWorker } from './worker';

/** The worker process. SIGTERM and Ctrl-C let the step under way end, then leave. */
async function main(): Promise<void> {
  const env = workerEnv();
  const log = createLog('worker');
  const worker = await startWorker({
    databaseUrl: env.DATABASE_URL,
    ballotBoxUrl: env.MINKA_BALLOT_BOX_URL,
    issuerSocket: env.MINKA_ISSUER_SOCKET,
    keysFolder: env.MINKA_KEYS_DIR,
    municipality: env.MINKA_MUNICIPALITY,
    witnesses: env.MINKA_WITNESSES,
    version: env.MINKA_VERSION,
    challengeDays: env.MINKA_RESULT_CHALLENGE_DAYS,
    roll: {
      dniKey: env.MINKA_DNI_KEY,
      rollKey: env.MINKA_ROLL_KEY,
      personKeys: env.MINKA_PERSON_KEYS,
      uploads: env.MINKA_UPLOADS_DIR,
      retentionMonths: env.MINKA_ROLL_RETENTION_MONTHS,
    },
    gateways: env.MINKA_SMS_GATEWAYS,
    limitFactor: env.MINKA_LIMIT_FACTOR,
    alarmPhones: env.MINKA_ALARM_PHONES,
    log,
  });
  log.info('ready');
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    worker.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'stop');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : 'The worker could not start');
  process.exit(1);
});
