import type { Logger } from 'pino';
import { lastCheck } from '@/lib/audit/chain';
import { forgetOldLimits } from '@/lib/limits/store';
import { forgetOldSms } from '@/lib/notices/receipts';
import { forgetOldMessages } from '@/lib/notices/sms';
import { anonymiseDueRounds } from '@/lib/privacy/commands/anonymise';
import { forgetOldVerifications } from '@/lib/roll/commands';
import { keepCheck, watchedRounds } from '@/lib/rounds/monitor-checks';
import { databaseNow, frozenManifest } from '@/lib/rounds/queries';
import { forgetOldVisits } from '@/lib/verification/oidc';
import { tell, type AlarmLine } from './alarm';
import { checkAudit } from './audit-watch';
import { monitorFigures } from './monitor';
import { limaDay, queueAuditHead, sendNotes } from './record-notes';
import { forgetRolls, keepRolls, type RollCare } from './roll-chores';
import type { StepContext } from './steps';

/**
 * What the worker does by itself while rounds are voted: it watches the figures, tells the record
 * the head of the audit once a day, hands over notes that wait, and forgets what may be forgotten.
 */

type ChoreContext = Pick<StepContext, 'db' | 'box'> & {
  /** Days after publication in which results can be challenged; without it no round is touched. */
  readonly challengeDays?: number;
  /** Whom alarms are sent to; without it they stay in the log, the audit and on the pages. */
  readonly alarm?: AlarmLine;
  /** Without it this worker takes no care of the roll. */
  readonly roll?: RollCare;
};

interface Chore {
  readonly name: string;
  readonly everySeconds: number;
  run(context: ChoreContext, log: Logger): Promise<void>;
}

const CHORES: readonly Chore[] = [
  {
    name: 'notes',
    everySeconds: 1,
    run: async ({ db, box }) => {
      for (const { id } of await watchedRounds(db)) await sendNotes(db, box, id);
    },
  },
  { name: 'monitor', everySeconds: 60, run: watchRounds },
  { name: 'audit', everySeconds: 60, run: watchAudit },
  {
    name: 'housekeeping',
    everySeconds: 300,
    run: async ({ db }) => {
      await forgetOldVerifications(db);
      await forgetOldMessages(db);
      await forgetOldSms(db);
      await forgetOldVisits(db);
      await forgetOldLimits(db);
    },
  },
  { name: 'anonymise', everySeconds: 3600, run: anonymise },
  {
    name: 'rolls',
    everySeconds: 10,
    run: async ({ db, roll }) => {
      if (roll !== undefined) await keepRolls(db, roll);
    },
  },
  {
    name: 'old-rolls',
    everySeconds: 60,
    run: async ({ db, roll }) => {
      if (roll !== undefined) await forgetRolls(db, roll);
    },
  },
];

/** Does what is due at this tick (one a second); a chore that fails keeps no other from its turn. */
export async function doChores(context: ChoreContext, log: Logger, tick: number): Promise<void> {
  for (const chore of CHORES) {
    if (tick % chore.everySeconds !== 0) continue;
    await chore.run(context, log).catch((error: unknown) => {
      log.warn({ err: error, chore: chore.name }, 'chore failed; it will be tried again');
    });
  }
}

/** What leads from rounds of the past to people goes, once nobody can challenge their results. */
async function anonymise({ db, challengeDays }: ChoreContext, log: Logger): Promise<void> {
  if (challengeDays === undefined) return;
  const rounds = await anonymiseDueRounds(db, challengeDays);
  if (rounds.length > 0) log.info({ rounds }, 'rounds are anonymous');
}

/** Every figure that must agree, of every round that is being voted. */
export async function watchRounds({ db, box, alarm }: ChoreContext, log: Logger): Promise<void> {
  for (const { id, manifestHash } of await watchedRounds(db)) {
    const manifest = await frozenManifest(db, id, manifestHash);
    const figures = await monitorFigures(db, box, manifest);
    const problems = await keepCheck(db, id, figures, async (tx, found) => {
      if (alarm !== undefined) await tell(tx, alarm, found.length > 0 ? 'alarm' : 'calm', id);
    });
    if (problems.length > 0) log.error({ round: id, problems }, 'figures do not agree');
  }
}

/** Once a Lima day: is the audit chain whole? Its head goes into every record that is open. */
export async function watchAudit({ db, alarm }: ChoreContext, log: Logger): Promise<void> {
  const now = await databaseNow(db);
  const last = await lastCheck(db);
  if (last === null || limaDay(last.checkedAt) !== limaDay(now)) {
    const { problem } = await checkAudit(db);
    if (problem !== null) {
      log.error({ problem }, 'the audit chain is broken');
      if (alarm !== undefined) await db.transaction((tx) => tell(tx, alarm, 'chain'));
    }
  }
  for (const { id } of await watchedRounds(db)) await queueAuditHead(db, id, now);
}
