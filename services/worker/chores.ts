import type { Logger } from 'pino';
import { databaseNow } from '@/db/registry/clock';
import { expireApprovals } from '@/lib/approvals/expiry';
import { lastCheck } from '@/lib/audit/chain';
import { forgetOldLimits } from '@/lib/limits/store';
import { forgetOldSms } from '@/lib/notices/receipts';
import { forgetOldMessages } from '@/lib/notices/sms';
import { anonymiseDueRounds } from '@/lib/privacy/commands/anonymise';
import { forgetOldVerifications } from '@/lib/roll/commands';
import { isBoxAway, type MonitorProblem } from '@/lib/rounds/monitor';
import {
  keepBoxAway,
  keepCheck,
  watchedRounds,
  type OnChange,
  type WatchedRound,
} from '@/lib/rounds/monitor-checks';
import { frozenManifest } from '@/lib/rounds/queries';
import { limaDay } from '@/lib/shared/lima';
import { forgetOldVisits } from '@/lib/verification/oidc';
import { tell, type AlarmLine } from './alarm';
import { checkAudit } from './audit-watch';
import { monitorFigures } from './monitor';
import { boxAnswered, LOOKS_BEFORE_ALARM, missedLook } from './monitor-misses';
import { queueAuditHead, sendNotes } from './record-notes';
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
  {
    // Before the rolls: what hangs on a request that ran out is settled there.
    name: 'approvals',
    everySeconds: 10,
    run: async ({ db }) => {
      await expireApprovals(db);
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

/**
 * Does what has become due since the turn before, both in seconds; a chore that fails keeps no other
 * from its turn, and one that takes long (a box that hangs) makes no other come less often.
 */
export async function doChores(
  context: ChoreContext,
  log: Logger,
  second: number,
  before = second - 1,
): Promise<void> {
  for (const { everySeconds, ...chore } of CHORES) {
    if (Math.floor(second / everySeconds) === Math.floor(before / everySeconds)) continue;
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

/** Every figure that must agree, of every round that is being voted; one that fails stops no other. */
export async function watchRounds(context: ChoreContext, log: Logger): Promise<void> {
  for (const round of await watchedRounds(context.db)) {
    await watchRound(context, log, round).catch((error: unknown) => {
      log.warn({ err: error, round: round.id }, 'a round could not be looked at');
    });
  }
}

async function watchRound(
  { db, box, alarm }: ChoreContext,
  log: Logger,
  { id, manifestHash }: WatchedRound,
): Promise<void> {
  const onChange: OnChange = async (tx, found) => {
    if (alarm !== undefined) await tell(tx, alarm, subjectOf(found), id);
  };
  const manifest = await frozenManifest(db, id, manifestHash);
  const counted = await box.count(id).catch((error: unknown) => {
    const looks = missedLook(box, id);
    log.warn({ err: error, round: id, looks }, 'the ballot box gave no figures');
    return { looks };
  });
  if ('looks' in counted) {
    if (counted.looks < LOOKS_BEFORE_ALARM) return;
    await keepBoxAway(db, id, onChange);
    log.error({ round: id }, 'the ballot box is away');
    return;
  }
  boxAnswered(box, id);
  const figures = await monitorFigures(db, counted, manifest);
  const problems = await keepCheck(db, id, figures, onChange);
  if (problems.length > 0) log.error({ round: id, problems }, 'figures do not agree');
}

function subjectOf(problems: readonly MonitorProblem[]): 'alarm' | 'away' | 'calm' {
  if (problems.length === 0) return 'calm';
  return isBoxAway(problems) ? 'away' : 'alarm';
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
