import { parseArgs } from 'node:util';
import { createTranslator } from 'use-intl/core';
import { closeRegistry, registry } from '@/db/registry/client';
import { databaseNow } from '@/db/registry/clock';
import type { Actor } from '@/lib/auth/actor';
import { operatorEnv } from '@/lib/env';
import { requestTally } from '@/lib/rounds/commands';
import { listRounds, roundById } from '@/lib/rounds/queries';
import { mayBeAsked, phaseAt, type Act } from '@/lib/rounds/rules';
import { closeOrAsk, openOrAsk, publishOrAsk } from '@/lib/approvals/rounds/two-people';
import type { RoundState, RoundSummary } from '@/lib/rounds/types';
import messages from '@/messages/es-PE/rounds.json';
import { loadDemoEnv } from '../supervisor/demo-env';
import { waitUntil } from './wait-for-worker';

/**
 * `npm run -s round -- list|open|close|tally|publish [--round R] [--reason "…"] [--json]`: what the
 * administrator does in the browser, through the same commands and audit.
 */

const t = createTranslator({
  locale: 'es-PE',
  messages: { rounds: messages },
  namespace: 'rounds',
});
const OPERATOR: Actor = { kind: 'operator' };
const VERBS = ['list', 'open', 'close', 'tally', 'publish'] as const;
type Verb = (typeof VERBS)[number];

/** One sentence for the person at the terminal; anything else that is thrown is a bug. */
class Refused extends Error {
  constructor(
    message: string,
    readonly reason: string,
  ) {
    super(message);
  }
}

interface Order {
  readonly verb: Verb;
  readonly round: string | undefined;
  readonly reason: string | undefined;
}

function readOrder(): Order {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        round: { type: 'string' },
        reason: { type: 'string' },
        json: { type: 'boolean' },
      },
    });
    const verb = VERBS.find((one) => one === positionals[0]);
    if (verb !== undefined && positionals.length === 1) {
      return { verb, round: values.round, reason: values.reason };
    }
  } catch {
    // An option that does not exist: the usage says which do.
  }
  throw new Refused(t('command.usage'), 'usage');
}

/** The round that was named, or the only one this act is possible for. */
async function chosenRound(order: Order): Promise<RoundSummary> {
  const rounds = await listRounds(registry());
  if (order.round !== undefined) {
    const named = rounds.find((one) => one.id === order.round);
    if (named !== undefined) return named;
    const known = rounds.map((one) => one.id).join(', ');
    throw new Refused(t('command.unknownRound', { round: order.round, known }), 'not-found');
  }
  const fitting = rounds.filter((one) => fits(order.verb, one.state));
  const [only] = fitting;
  if (only !== undefined && fitting.length === 1) return only;
  if (only === undefined) throw new Refused(t('command.noRound'), 'wrong-state');
  throw new Refused(
    t('command.severalRounds', { rounds: fitting.map((one) => one.id).join(', ') }),
    'several-rounds',
  );
}

function fits(verb: Verb, state: RoundState): boolean {
  if (verb === 'list') return true;
  return mayBeAsked(verb, state) || GOING_ON[verb].includes(state);
}

/** States in which the act was asked for already: then the command only waits for its end. */
const GOING_ON: Record<Act, readonly RoundState[]> = {
  open: ['opening'],
  close: ['closing'],
  tally: ['closing', 'closed', 'tallying', 'tallied'],
  publish: [],
};

/** States that mean the act is done. */
const DONE: Record<Exclude<Act, 'publish'>, readonly RoundState[]> = {
  open: ['open'],
  close: ['closed', 'tallying', 'tallied', 'published'],
  tally: ['tallied', 'published'],
};

async function act(verb: Act, of: RoundSummary, reason: string | undefined): Promise<object> {
  const db = registry();
  const input = { roundId: of.id };
  const wrongState = (): Refused =>
    new Refused(
      t('command.wrongState', { round: of.id, state: t(`state.${of.state}`) }),
      'wrong-state',
    );
  if (verb === 'publish') {
    const published = await publishOrAsk(db, OPERATOR, input, howMany());
    if (published.ok) return { state: 'published' };
    if (published.reason === 'not-tallied') throw wrongState();
    throw new Refused(refusalWords(published.reason), published.reason);
  }
  if (!fits(verb, of.state)) throw wrongState();
  if (mayBeAsked(verb, of.state)) {
    const asked = await request(verb, { ...input, reason });
    // Somebody else may have been faster: then there is nothing left but to wait.
    const now = asked.ok ? null : await roundById(db, of.id);
    const overtaken = now !== null && fits(verb, now.state) && now.state !== of.state;
    if (!asked.ok && !overtaken) {
      if (asked.reason === 'wrong-state') throw wrongState();
      throw new Refused(refusalWords(asked.reason), asked.reason);
    }
  }
  const ended = await waitUntil(of.id, DONE[verb], (words) => {
    process.stderr.write(
      `${words.note === null ? t('command.waiting') : t(`note.${words.note}`)}\n`,
    );
  });
  if (ended.ok) return { state: ended.value.state, manifestHash: ended.value.manifestHash };
  throw new Refused(
    ended.note === null
      ? t('command.noWorker')
      : t('command.stillFailing', { note: t(`note.${ended.note}`) }),
    ended.note ?? 'no-worker',
  );
}

function request(
  verb: Exclude<Act, 'publish'>,
  input: { roundId: string; reason: string | undefined },
) {
  switch (verb) {
    case 'open':
      return openOrAsk(registry(), OPERATOR, { roundId: input.roundId }, howMany());
    case 'close': {
      const reason = input.reason ?? t('command.closedByOperator');
      return closeOrAsk(registry(), OPERATOR, { roundId: input.roundId, reason }, howMany());
    }
    case 'tally':
      return requestTally(registry(), OPERATOR, { roundId: input.roundId });
  }
}

/** Where a municipality asks for two people, one at the machine is one person too. */
function howMany() {
  return { twoPeople: operatorEnv().MINKA_TWO_PEOPLE };
}

function refusalWords(reason: string): string {
  const key = `refusal.${reason}` as 'refusal.not-allowed';
  return t.has(key) ? t(key) : reason;
}

async function list(): Promise<object> {
  const db = registry();
  const now = await databaseNow(db);
  const rounds = (await listRounds(db)).map((one) => ({
    id: one.id,
    cycle: one.cycleId,
    name: one.nameEs,
    state: one.state,
    phase: phaseAt(one, now),
    opensAt: one.opensAt.toISOString(),
    closesAt: one.closesAt.toISOString(),
    livePolicy: one.livePolicy,
    screenCode: one.screenCode,
    note: one.jobNote,
  }));
  return { now: now.toISOString(), rounds };
}

function sentences(verb: Verb, answer: object): string {
  if ('rounds' in answer && Array.isArray(answer.rounds)) {
    const rounds = answer.rounds as {
      id: string;
      state: RoundState;
      opensAt: string;
      closesAt: string;
    }[];
    if (rounds.length === 0) return t('command.noRounds');
    return rounds
      .map((one) =>
        t('command.line', {
          round: one.id.padEnd(24),
          state: t(`state.${one.state}`),
          from: lima(one.opensAt),
          to: lima(one.closesAt),
        }),
      )
      .join('\n');
  }
  const round = 'round' in answer ? String(answer.round) : '';
  return verb === 'list' ? '' : t(`command.done.${verb}`, { round });
}

function lima(iso: string): string {
  return new Intl.DateTimeFormat('es-PE', {
    timeZone: 'America/Lima',
    dateStyle: 'medium',
    timeStyle: 'short',
  }).format(new Date(iso));
}

async function main(): Promise<number> {
  const asJson = process.argv.includes('--json');
  try {
    const order = readOrder();
    loadDemoEnv();
    if (!process.env['DATABASE_URL']) throw new Refused(t('command.noDatabase'), 'no-database');
    const answer = order.verb === 'list' ? await list() : await actOnRound(order, order.verb);
    process.stdout.write(`${asJson ? JSON.stringify(answer) : sentences(order.verb, answer)}\n`);
    return 0;
  } catch (error) {
    const refused = isAway(error) ? new Refused(t('command.databaseAway'), 'database-away') : error;
    if (!(refused instanceof Refused)) throw error;
    if (asJson) {
      process.stdout.write(
        `${JSON.stringify({ ok: false, reason: refused.reason, message: refused.message })}\n`,
      );
    } else process.stderr.write(`${refused.message}\n`);
    return 1;
  } finally {
    await closeRegistry();
  }
}

async function actOnRound(order: Order, verb: Act): Promise<object> {
  const of = await chosenRound(order);
  return { ok: true, round: of.id, ...(await act(verb, of, order.reason)) };
}

/** Refused, cut or not admitted: codes of the network, of postgres.js and of PostgreSQL. */
function isAway(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (at instanceof AggregateError && at.errors.some(isAway)) return true;
    const code = 'code' in at && typeof at.code === 'string' ? at.code : '';
    if (/^(E[A-Z]+|CONNECT\w*|08\d{3}|28\w{3}|3D\w{3}|53\w{3}|57P\w{2})$/.test(code)) return true;
  }
  return false;
}

process.exitCode = await main();
