import 'server-only';
import type { RegistryDatabase } from '@/db/registry/client';
import { databaseNow } from '@/db/registry/clock';
import type { Actor } from '@/lib/auth/actor';
import { publishResults } from '@/lib/priorities/publish';
import { requestCloseRound, requestOpenRound } from '@/lib/rounds/commands';
import { roundById } from '@/lib/rounds/queries';
import { closingNeedsReason } from '@/lib/rounds/rules';
import { ok, refuse, type Result } from '@/lib/shared/result';
import { ask } from '../commands';
import { draftDigest } from './draft-digest';
import { newestCount } from './kinds';

/**
 * The doors of the acts that decide a vote: with `twoPeople`, one person's press of a button asks
 * and another's does it. Pages and commands of the operator call these, not what lies behind them.
 */

export interface RoundAct {
  readonly roundId: string;
  readonly reason?: string | undefined;
}

/** Whether it was done, or waits for a second person. */
export type Begun = 'done' | 'asked';

export interface HowMany {
  /** MINKA_TWO_PEOPLE of the municipality. */
  readonly twoPeople: boolean;
}

export async function openOrAsk(
  db: RegistryDatabase,
  actor: Actor,
  { roundId, reason }: RoundAct,
  { twoPeople }: HowMany,
): Promise<Result<Begun, string>> {
  if (!twoPeople) return done(await requestOpenRound(db, actor, { roundId }));
  if (actor.kind === 'operator') return refuse('two-people');
  const draft = (await draftDigest(db, roundId)) ?? '';
  return asked(db, actor, { kind: 'round.open', subject: roundId, payload: { draft }, reason });
}

/** On time a round may be closed by one person: the clock would do the same a moment later. */
export async function closeOrAsk(
  db: RegistryDatabase,
  actor: Actor,
  { roundId, reason }: RoundAct,
  { twoPeople }: HowMany,
): Promise<Result<Begun, string>> {
  const held = twoPeople ? await roundById(db, roundId) : null;
  const isEarly = held !== null && closingNeedsReason(held, await databaseNow(db));
  if (!isEarly) return done(await requestCloseRound(db, actor, { roundId, reason }));
  if (actor.kind === 'operator') return refuse('two-people');
  return asked(db, actor, { kind: 'round.close-early', subject: roundId, payload: {}, reason });
}

export async function publishOrAsk(
  db: RegistryDatabase,
  actor: Actor,
  { roundId, reason }: RoundAct,
  { twoPeople }: HowMany,
): Promise<Result<Begun, string>> {
  if (!twoPeople) return done(await publishResults(db, actor, { roundId }));
  if (actor.kind === 'operator') return refuse('two-people');
  const payload = await newestCount(db, roundId);
  if (payload === null) return refuse('not-tallied');
  return asked(db, actor, {
    kind: 'round.publish',
    subject: roundId,
    payload: { ...payload },
    reason,
  });
}

function done<Reason extends string>(act: Result<unknown, Reason>): Result<Begun, string> {
  return act.ok ? ok('done') : act;
}

async function asked(
  db: RegistryDatabase,
  actor: Actor,
  input: {
    readonly kind: string;
    readonly subject: string;
    readonly payload: Record<string, unknown>;
    readonly reason: string | undefined;
  },
): Promise<Result<Begun, string>> {
  const answer = await ask(db, actor, { ...input, reason: input.reason ?? '' });
  return answer.ok ? ok('asked') : answer;
}
