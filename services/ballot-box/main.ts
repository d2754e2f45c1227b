import { ballotBoxEnv } from '@/lib/env';
import { createLog } from '@/lib/shared/log';
import { readBoxKeys } from './keys';
import { startBallotBox } from './server';

/** The ballot box as a process: reads its environment, runs until it is told to stop. */

const CONNECTIONS = 16;
const log = createLog('ballot-box');

try {
  const env = ballotBoxEnv();
  const box = await startBallotBox({
    databaseUrl: env.BALLOT_BOX_DATABASE_URL,
    connections: CONNECTIONS,
    port: env.BALLOT_BOX_PORT,
    siteUrl: env.MINKA_SITE_URL,
    keys: readBoxKeys(env.MINKA_RECORD_KEY_FILE, env.MINKA_ORDER_PUBLIC_KEY),
    version: env.MINKA_VERSION,
    log,
    ticking: true,
    stateFolder: env.MINKA_BOX_STATE_DIR,
  });
  log.info({ port: box.port, version: env.MINKA_VERSION }, 'ballot box open for requests');
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    log.info('ballot box stopping');
    box.close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'ballot box did not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
} catch (error) {
  // For the person at the terminal: what to mend. The log keeps the rest.
  console.error(error instanceof Error ? error.message : 'The ballot box could not start');
  log.debug({ err: error }, 'ballot box could not start');
  process.exit(1);
}
