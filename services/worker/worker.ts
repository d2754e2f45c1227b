import type { Logger } from 'pino';
import { PgBoss } from 'pg-boss';
import { connectRegistry } from '@/db/registry/client';
import { databaseNow } from '@/db/registry/clock';
import { paperPending } from '@/lib/assemblies/queries';
import { roundsWithWork } from '@/lib/rounds/commands/advance-round';
import type { GatewayConfig } from '@/lib/env';
import { limitsOver } from '@/lib/limits/store';
import { httpGateway } from '@/lib/notices/gateway';
import { deliverDue, type Delivery } from '@/lib/notices/queue';
import { outboxGateway } from '@/lib/notices/sms';
import { personKeys } from '@/lib/roll/person-crypto';
import type { ManifestWitness } from '@/lib/rounds/manifest';
import { tabletsPending } from '@/lib/tablets/queries';
import type { AlarmLine } from './alarm';
import { boxClient } from './box-client';
import { doChores } from './chores';
import { createIssuer } from './issuer';
import { listenIssuer } from './issuer-server';
import { orderKeyPair } from './keys';
import type { RollCare } from './roll-chores';
import { queueRollImports, startRollQueue, type RollOptions } from './roll-work';
import { advanceRound, type StepContext } from './steps';

export interface WorkerOptions {
  readonly databaseUrl: string;
  readonly ballotBoxUrl: string;
  readonly issuerSocket: string;
  readonly keysFolder: string;
  readonly municipality: string;
  readonly witnesses: readonly ManifestWitness[];
  readonly version: string;
  /** Days after publication in which results can be challenged; without it no round is touched. */
  readonly challengeDays?: number;
  /** What the roll is kept with; without it this worker leaves rolls alone. */
  readonly roll?: Omit<RollOptions, 'databaseUrl'> & { readonly retentionMonths: number };
  /** Who carries messages; none: they go to the outbox of the demonstration. */
  readonly gateways?: readonly GatewayConfig[];
  /** MINKA_LIMIT_FACTOR */
  readonly limitFactor?: number;
  /** MINKA_ALARM_PHONES */
  readonly alarmPhones?: readonly string[];
  readonly log: Logger;
}

export interface Worker {
  stop(): Promise<void>;
}

const TICK_MS = 1000;
const QUEUE = 'round-step';

/** The registry's jobs and the issuer: everything that needs the keys, and nothing else. */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const { log } = options;
  const { db, sql } = connectRegistry(options.databaseUrl, 10);
  const orderKey = await orderKeyPair(options.keysFolder);
  const context: StepContext = {
    db,
    box: boxClient(options.ballotBoxUrl, orderKey),
    keysFolder: options.keysFolder,
    orderKey: orderKey.publicKey,
    paperPending: async (_, roundId) => ({
      ...(await paperPending(db, roundId)),
      tablets: await tabletsPending(db, roundId),
    }),
    municipality: options.municipality,
    witnesses: options.witnesses,
    software: options.version,
  };

  let lastTickAt: Date | null = null;
  const issuer = await listenIssuer(
    options.issuerSocket,
    createIssuer(db, options.keysFolder),
    () => ({ ok: true, version: options.version, lastTickAt: lastTickAt?.toISOString() ?? null }),
    (error) => {
      log.error({ err: error }, 'issuer');
    },
  );
  const boss = await startQueue(options, context);
  const { roll } = options;
  if (roll !== undefined) {
    await startRollQueue(boss, db, { ...roll, databaseUrl: options.databaseUrl }, log);
  }

  const { challengeDays } = options;
  const challenge = challengeDays === undefined ? {} : { challengeDays };
  const care = roll === undefined ? {} : careOf(roll, options.alarmPhones ?? []);
  const startedAt = performance.now();
  let turn = -1;
  const tick = async (): Promise<void> => {
    for (const roundId of await roundsWithWork(db)) {
      // One job per round, waiting, running or between two tries: sending again does nothing.
      await boss.send(QUEUE, { roundId }, { singletonKey: roundId });
    }
    if (roll !== undefined) await queueRollImports(boss, db);
    const before = turn;
    turn = Math.floor((performance.now() - startedAt) / 1000);
    await doChores({ ...context, ...challenge, ...care }, log, turn, before);
    lastTickAt = await databaseNow(db);
  };
  const ticking = repeat(TICK_MS, tick, (error) => {
    log.error({ err: error }, 'tick');
  });

  // On a clock of its own: a gateway that takes its time must not keep the rounds waiting.
  const delivery = roll === undefined ? null : messageDelivery(options, roll, db);
  const delivering = repeat(
    TICK_MS,
    async () => {
      if (delivery !== null) await deliverDue(db, delivery);
    },
    (error) => {
      log.error({ err: error }, 'messages');
    },
  );

  return {
    async stop() {
      await ticking.stop();
      await delivering.stop();
      await issuer.close();
      await boss.stop({ graceful: true, timeout: 20_000 });
      await sql.end({ timeout: 5 });
    },
  };
}

function messageDelivery(
  { gateways = [], limitFactor = 1, log }: WorkerOptions,
  { dniKey, rollKey, personKeys: ring }: NonNullable<WorkerOptions['roll']>,
  db: ReturnType<typeof connectRegistry>['db'],
): Delivery {
  const [first, ...others] = gateways.map((one) => httpGateway(one));
  return {
    keys: personKeys(rollKey, ring),
    gateways: [first ?? outboxGateway(db), ...others],
    limits: limitsOver(db, { secret: dniKey, factor: limitFactor }, (error) => {
      log.error({ err: error }, 'limits');
    }),
    log,
  };
}

function careOf(
  roll: NonNullable<WorkerOptions['roll']>,
  phones: readonly string[],
): { readonly roll: RollCare; readonly alarm?: AlarmLine } {
  const care = rollCare(roll);
  return phones.length === 0
    ? { roll: care }
    : { roll: care, alarm: { keys: care.keys.people, phones } };
}

function rollCare(roll: NonNullable<WorkerOptions['roll']>): RollCare {
  const { dniKey, rollKey, uploads, retentionMonths } = roll;
  return {
    keys: { dniKey, people: personKeys(rollKey, roll.personKeys) },
    uploads,
    retentionMonths,
  };
}

async function startQueue(options: WorkerOptions, context: StepContext): Promise<PgBoss> {
  const boss = new PgBoss({
    connectionString: options.databaseUrl,
    application_name: 'minka-worker-jobs',
    schema: 'pgboss',
    // The schema is created by the registry's migrations: this role owns it and nothing else.
    createSchema: false,
    schedule: false,
    monitorVacuum: false,
    max: 4,
  });
  boss.on('error', (error) => {
    options.log.error({ err: error }, 'jobs');
  });
  await boss.start();
  await boss.createQueue(QUEUE, {
    policy: 'exclusive',
    retryLimit: 10,
    retryDelay: 1,
    retryBackoff: true,
    retryDelayMax: 15,
    expireInSeconds: 600,
    deleteAfterSeconds: 3600,
  });
  // What a killed worker was doing would otherwise count as running for ten minutes. Steps can be
  // repeated and are guarded by the round's state, so forgetting such a job is always safe.
  await boss.deleteAllJobs(QUEUE);
  await boss.work<{ roundId: string }>(QUEUE, { pollingIntervalSeconds: 0.5 }, async (jobs) => {
    for (const job of jobs) {
      const { roundId } = job.data;
      try {
        await advanceRound(context, roundId);
      } catch (error) {
        options.log.warn({ err: error, roundId }, 'round step failed; it will be tried again');
        // The queue stores what it is told of a failure: no statement, no parameters.
        throw new Error('round step failed');
      }
    }
  });
  return boss;
}

/** Runs again and again, one at a time, until it is stopped; a failure does not end it. */
function repeat(
  everyMs: number,
  work: () => Promise<void>,
  onError: (error: unknown) => void,
): { stop: () => Promise<void> } {
  const state = { stopped: false, wake: () => undefined as unknown };
  const running = (async () => {
    while (!state.stopped) {
      await work().catch(onError);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, everyMs);
        state.wake = () => {
          clearTimeout(timer);
          resolve();
        };
        if (state.stopped) state.wake();
      });
    }
  })();
  return {
    stop: async () => {
      state.stopped = true;
      state.wake();
      await running;
    },
  };
}
