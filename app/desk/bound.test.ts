import { describe, expect, it, vi } from 'vitest';
import * as attendance from './attendance-actions';
import * as desk from './actions';
import * as paper from './paper/actions';
import * as queue from './queue-actions';
import * as shift from './shift-actions';

/** T15: what the desk's forms were bound to, sent back as something else by somebody who may call them. */

class Sent extends Error {}
vi.mock('next/navigation', () => ({
  notFound: () => {
    throw new Sent('404');
  },
  redirect: (to: string) => {
    throw new Sent(to);
  },
}));
vi.mock('@/lib/auth/session', () => {
  const officer = { kind: 'staff', id: 'olga', displayName: 'Olga', roles: ['officer'] };
  return {
    requireStaff: () => Promise.resolve(officer),
    requirePermission: () => Promise.resolve(officer),
  };
});
vi.mock('@/db/registry/client', () => ({
  registry: () => {
    throw new Error('the database was asked');
  },
}));

const ID = '0190c2d4-0000-7000-8000-000000000001';
const ROUND = 'pp2027-votacion';
const form = new FormData();
/** Every action of the desk that a form is bound to, with what it is bound to. */
const BOUND: readonly (readonly [act: unknown, ...args: unknown[]])[] = [
  [desk.findPerson, ROUND, form],
  [desk.handOver, ROUND, ID, form],
  [desk.callVisitAgain, ID],
  [desk.endThisVisit, ID, form],
  [desk.stopKiosk, ID, form],
  [queue.takeNumber, ROUND, ID, form],
  [queue.callTheNext, ROUND, form],
  [queue.attendTurn, ID],
  [queue.putTurnBack, ROUND, ID],
  [queue.endTurnAsLeft, ROUND, ID],
  [queue.endTurnWithoutVote, ROUND, ID],
  [shift.endShift, ID, form],
  [shift.signThisShift, ID],
  [shift.writeIncident, ID, form],
  [attendance.markPersonPresent, ID, form],
  [attendance.countGuest, ID, form],
  [attendance.closeList, ID],
  [paper.checkIn, ID, form],
  [paper.beginToKey, ID],
  [paper.finishToKey, ID],
  [paper.discardOneEntry, ID, 1, form],
];
const odd = [{ a: 1 }, null, 7, '', '../admin', "' or 1=1", undefined, new Date(0)];

describe('T15: what a form of the desk was bound to', () => {
  it('is tried below for every action that takes more than its form', () => {
    const files: readonly Readonly<Record<string, { readonly length: number }>>[] = [
      desk,
      queue,
      shift,
      attendance,
      paper,
    ];
    const every = files.flatMap((file) => Object.values(file));
    const tried = BOUND.map(([act]) => act);
    expect(every.filter((act) => act.length > 1 && !tried.includes(act))).toEqual([]);
  });

  it.each(BOUND.map(([act, ...args]) => [(act as { name: string }).name, act, args] as const))(
    'is found nowhere when it is something else: %s',
    async (_name, act, args) => {
      const call = act as (...args: readonly unknown[]) => Promise<never>;
      for (const at of args.keys()) {
        for (const value of odd) {
          await expect(call(...args.with(at, value))).rejects.toThrow(new Sent('404'));
        }
      }
    },
  );
});
