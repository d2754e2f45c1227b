import type { Registry } from '@/db/registry/client';
import { agentByNumber } from '@/lib/agents/queries';
import { matterByNumber } from '@/lib/lists/queries';
import { requestByNumber } from '@/lib/privacy/queries';

/** What a number that somebody was given says: where the thing stands, never whose it is. */
export interface Followed {
  readonly number: string;
  /** Which sentence says it: challenge.filed, agent.accredited, request.waiting … */
  readonly words: string;
  readonly tone: 'info' | 'success' | 'warning';
  readonly filedAt: Date;
  /** Until when it is decided or answered, while it waits. */
  readonly until: Date | string | null;
  readonly reason: string | null;
}

const DONE = new Set(['applied', 'accredited', 'granted', 'partly']);
const AGAINST = new Set(['rejected', 'refused']);

const toneOf = (state: string) =>
  DONE.has(state) ? 'success' : AGAINST.has(state) ? 'warning' : 'info';

/** The challenge, inclusion, registration or data request of a number; null when there is none. */
export async function followed(db: Registry, number: string): Promise<Followed | null> {
  if (number.startsWith('A')) {
    const found = await agentByNumber(db, number);
    if (found === null) return null;
    const { state, submittedAt, reason } = found;
    const words = `agent.${state}`;
    return { number, words, tone: toneOf(state), filedAt: submittedAt, until: null, reason };
  }
  if (number.startsWith('D')) {
    const found = await requestByNumber(db, number);
    if (found === null) return null;
    const { filedAt, dueOn, outcome } = found;
    const state = outcome ?? 'waiting';
    const until = outcome === null ? dueOn : null;
    return { number, words: `request.${state}`, tone: toneOf(state), filedAt, until, reason: null };
  }
  const found = await matterByNumber(db, number);
  if (found === null) return null;
  const { what, state, filedAt, finalAt, reason } = found;
  const until = state === 'filed' || state === 'accepted' ? finalAt : null;
  return { number, words: `${what}.${state}`, tone: toneOf(state), filedAt, until, reason };
}
