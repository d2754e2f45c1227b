import { describe, expect, it } from 'vitest';
import { checkChoices } from '@/lib/ballots/rules';
import { formatRecoveryCode, newRecoveryCode } from '@/lib/ballots/recovery-code';
import { manifestFixture } from '@/lib/rounds/manifest.fixture';
import { contestsFor } from '@/lib/rounds/contests';
import type { AllocateContest, Contest } from '@/lib/rounds/manifest';
import { fragmentOf, placeOf } from './place';
import { shuffled } from './shuffle';
import { problemsOf } from './choices';
import {
  mayRecover,
  OPENING,
  reduceBooth,
  stakeOf,
  type BoothAction,
  type BoothState,
} from './state';
import { choicesOf, type StoredVote } from './types';

const manifest = manifestFixture({});
const group = manifest.groups[0]!.id;
const contests = contestsFor(manifest, group);

const fresh: StoredVote = {
  id: 'round|tag',
  round: manifest.round,
  manifestHash: 'hash',
  group,
  secret: new Uint8Array(32),
  seed: 7,
  // The machine carries keys around and never looks at them.
  pending: {} as StoredVote['pending'],
  credential: {} as StoredVote['credential'],
  draft: null,
  outbox: null,
  counted: null,
};
const counted = {
  leaf: 'leaf',
  receipt: '0000000000000',
  seq: 1,
  promise: { round: manifest.round, leaf: 'leaf', code: '', includeBy: '', signature: '' },
};

function open(vote: Partial<StoredVote> = {}, mayVote = true, place: 'review' | null = null) {
  return play(OPENING, { type: 'opened', vote: { ...fresh, ...vote }, manifest, mayVote, place });
}

function play(state: BoothState, ...actions: BoothAction[]): BoothState {
  return actions.reduce(reduceBooth, state);
}

function first<K extends Contest['kind']>(kind: K): Extract<Contest, { kind: K }> {
  const found = contests.find((each) => each.kind === kind);
  return found as Extract<Contest, { kind: K }>;
}

function overBudget(contest: AllocateContest): BoothAction[] {
  return contest.proposals.map(({ id }) => ({ type: 'toggled', contest: contest.id, option: id }));
}

const start: BoothAction = { type: 'continued' };
const blank = (contest: string): BoothAction => ({ type: 'blanked', contest, blank: true });
const allBlank = contests.flatMap((contest): BoothAction[] => [blank(contest.id), start]);

describe('the booth', () => {
  it('walks one contest at a time from the start to the review', () => {
    let state = play(open(), start);
    for (const [step, contest] of contests.entries()) {
      expect(state.stage).toMatchObject({ name: 'choose', step });
      state = play(state, blank(contest.id), start);
    }
    expect(state.stage).toEqual({ name: 'review' });
  });

  it('does not go on from a contest without an answer, and says which', () => {
    const state = play(open(), start, start);
    expect(state.stage).toMatchObject({ name: 'choose', step: 0 });
    expect(state.problems).toMatchObject([{ contest: contests[0]!.id, problem: 'unanswered' }]);
  });

  it('cannot be walked past what is missing by typing an address', () => {
    const state = play(open(), { type: 'went', place: 'review' });
    expect(state.stage).toMatchObject({ name: 'choose', step: 0 });
    expect(state.problems).toHaveLength(1);
  });

  it('comes back to the review after a change made from there', () => {
    const state = play(open(), start, ...allBlank, { type: 'went', place: 0 });
    expect(state.stage).toMatchObject({ name: 'choose', step: 0, forReview: true });
    expect(play(state, start).stage).toEqual({ name: 'review' });
  });

  it('opens on the page where a reload happened, with what was chosen', () => {
    const draft = Object.fromEntries(contests.map(({ id }) => [id, { picks: [], blank: true }]));
    const state = open({ draft }, true, 'review');
    expect(state.stage).toEqual({ name: 'review' });
    expect(choicesOf(state.answers)).toEqual(Object.fromEntries(contests.map((c) => [c.id, []])));
  });

  it('ignores the address once the vote is on its way', () => {
    const sending = play(open(), start, ...allBlank, { type: 'sent' });
    expect(play(sending, { type: 'went', place: 0 })).toBe(sending);
  });
});

describe('activating', () => {
  const verified: BoothAction = { type: 'not-activated', manifest, taken: false };
  const code = newRecoveryCode();

  it('happens only when asked for, with a code or without', () => {
    const offered = play(OPENING, verified);
    expect(offered.stage).toEqual({ name: 'activate' });
    expect(play(offered, { type: 'activate-wanted' }).stage).toEqual({
      name: 'activating',
      code: null,
    });
    const noted = play(offered, { type: 'code-wanted', code });
    expect(noted.stage).toEqual({ name: 'note-code', code });
    expect(play(noted, { type: 'activate-wanted' }).stage).toEqual({ name: 'activating', code });
    // Who changes their mind activates without the code that is not on paper.
    expect(play(noted, { type: 'reconsidered' }, { type: 'activate-wanted' }).stage).toEqual({
      name: 'activating',
      code: null,
    });
  });

  it('takes a code from paper only when it can be one, and says what is wrong with it', () => {
    const typing = play(OPENING, verified, { type: 'recovery-wanted' });
    expect(typing.stage).toEqual({ name: 'recover', problem: null });
    const typed = (text: string) => play(typing, { type: 'recovery-typed', typed: text }).stage;
    expect(typed(' - ')).toEqual({ name: 'recover', problem: 'empty' });
    expect(typed(code.slice(1))).toEqual({ name: 'recover', problem: 'wrong' });
    expect(typed(formatRecoveryCode(code).toLowerCase())).toEqual({ name: 'activating', code });
  });

  it('leads from an activation elsewhere to the code, and from no other stop', () => {
    const taken = play(OPENING, { ...verified, taken: true });
    expect(taken.stage).toEqual({ name: 'stopped', reason: 'already-issued' });
    expect(mayRecover(taken)).toBe(true);
    expect(play(taken, { type: 'recovery-wanted' }).stage).toMatchObject({ name: 'recover' });
    const offline = play(OPENING, { type: 'stopped', reason: 'offline' });
    expect(mayRecover(offline)).toBe(false);
    expect(play(offline, { type: 'recovery-wanted' })).toBe(offline);
  });

  it('stops with its reason, and can be tried again', () => {
    const activating = play(OPENING, verified, { type: 'activate-wanted' });
    const stopped = play(activating, { type: 'stopped', reason: 'unavailable' });
    expect(stopped.stage).toEqual({ name: 'stopped', reason: 'unavailable' });
    expect(play(stopped, { type: 'tried-again' }).stage).toEqual({ name: 'opening' });
  });
});

describe('choosing', () => {
  const rank = first('rank');
  const allocate = first('allocate');
  const at = (contest: Contest) => play(open(), { type: 'went', place: contests.indexOf(contest) });
  const picks = (state: BoothState, contest: Contest) => state.answers[contest.id]?.picks;
  const toggle = (contest: string, option: string): BoothAction => ({
    type: 'toggled',
    contest,
    option,
  });

  it('ranks in the order of picking, up to the limit and no further', () => {
    const rows = rank.rows.map((row) => row.id);
    const state = play(at(rank), ...rows.map((row) => toggle(rank.id, row)));
    expect(picks(state, rank)).toEqual(rows.slice(0, rank.maxRanked));
  });

  it('moves a row by one place and leaves the ends where they are', () => {
    const [a, b] = rank.rows.map((row) => row.id) as [string, string];
    const two = play(at(rank), toggle(rank.id, a), toggle(rank.id, b));
    const move = (option: string, by: -1 | 1) =>
      picks(play(two, { type: 'moved', contest: rank.id, option, by }), rank);
    expect(move(b, -1)).toEqual([b, a]);
    expect(move(a, 1)).toEqual([b, a]);
    expect(move(a, -1)).toEqual([a, b]);
    expect(move(b, 1)).toEqual([a, b]);
  });

  it('lets go over the envelope while choosing and refuses to go on, with the amount', () => {
    const spent = allocate.proposals.reduce((sum, each) => sum + each.costCents, 0);
    expect(spent).toBeGreaterThan(allocate.envelopeCents);
    const over = play(at(allocate), ...overBudget(allocate));
    expect(picks(over, allocate)).toHaveLength(allocate.proposals.length);
    expect(play(over, start).problems).toEqual([
      {
        contest: allocate.id,
        problem: 'over-budget',
        over: spent - allocate.envelopeCents,
      },
    ]);
  });

  it('lets go over the number of picks too, and says all that is wrong before going on', () => {
    const two = { ...allocate, maxPicks: 2 };
    const limited = (contest: AllocateContest): BoothState => ({
      ...play(open(), { type: 'went', place: contests.indexOf(allocate) }),
      contests: contests.map((each) => (each === allocate ? contest : each)),
    });
    const three = play(limited(two), ...overBudget(two));
    expect(picks(three, two)).toHaveLength(3);
    const asked = play(three, start);
    expect(asked.stage).toEqual(three.stage);
    expect(asked.problems.map(({ problem, over }) => [problem, over])).toEqual([
      ['too-many-picked', 1],
      ['over-budget', 50_000_00],
    ]);
    // Nor by walking around the button.
    expect(play(three, { type: 'went', place: 'review' }).stage).toMatchObject({ name: 'choose' });
    const back = play(three, toggle(two.id, '2027-003'), start);
    expect(back.problems).toEqual([]);
    expect(back.stage).not.toEqual(three.stage);
  });

  it('takes an envelope spent to the last céntimo', () => {
    const [proposal] = allocate.proposals;
    const exact = { ...allocate, envelopeCents: proposal!.costCents };
    const answers = { [allocate.id]: { picks: [proposal!.id], blank: false } };
    expect(problemsOf(exact, answers)).toEqual([]);
    const short = { ...exact, envelopeCents: exact.envelopeCents - 1 };
    expect(problemsOf(short, answers)).toMatchObject([{ problem: 'over-budget', over: 1 }]);
  });

  it('is either blank or something, whichever came last', () => {
    const option = allocate.proposals[0]!.id;
    const blanked = play(at(allocate), toggle(allocate.id, option), blank(allocate.id));
    expect(blanked.answers[allocate.id]).toEqual({ picks: [], blank: true });
    const again = play(blanked, toggle(allocate.id, option));
    expect(again.answers[allocate.id]).toEqual({ picks: [option], blank: false });
  });

  it('ends in choices that the rules of the round accept', () => {
    const state = play(open(), start, ...allBlank);
    expect(checkChoices(manifest, group, choicesOf(state.answers))).toMatchObject({ ok: true });
  });
});

describe('sending', () => {
  const sending = play(open(), start, ...allBlank, { type: 'sent' });

  it('keeps saying what went wrong while it tries again, and tries once at a time', () => {
    const waiting = play(sending, { type: 'troubled', trouble: 'network' });
    expect(waiting.stage).toMatchObject({ attempt: 1, isWaiting: true, trouble: 'network' });
    const retried = play(waiting, { type: 'retried' });
    expect(retried.stage).toMatchObject({ attempt: 2, isWaiting: false, trouble: 'network' });
    expect(play(retried, { type: 'retried' })).toBe(retried);
  });

  it('forgets the choice when the vote is counted', () => {
    const done = play(sending, { type: 'counted', counted });
    expect(done).toMatchObject({ stage: { name: 'done' }, counted });
    expect(done.answers).toEqual({});
  });

  it('goes on with a ballot that was waiting, whatever the address and the clock say', () => {
    const outbox = { line: ['', ''], leaf: '', receipt: '', seq: 1 } as const;
    expect(open({ outbox }, false, 'review').stage).toMatchObject({ name: 'sending', attempt: 1 });
  });
});

describe('after it is counted', () => {
  it('shows that it is counted, also days later', () => {
    expect(open({ counted }).stage).toEqual({ name: 'done' });
    expect(open({ counted }, false).stage).toEqual({ name: 'done' });
  });

  it('starts an empty vote to change it, while voting is open only', () => {
    const change: BoothAction = { type: 'change-wanted' };
    expect(play(open({ counted }), change)).toMatchObject({
      stage: { name: 'choose', step: 0 },
      answers: {},
    });
    expect(play(open({ counted }, false), change).stage).toEqual({ name: 'done' });
  });

  it('leads back to what is counted when the change is left', () => {
    const state = play(
      open({ counted }),
      { type: 'change-wanted' },
      { type: 'went', place: 'start' },
    );
    expect(state.stage).toEqual({ name: 'done' });
  });

  it('forgets only after being asked twice', () => {
    const asked = play(open({ counted }), { type: 'forget-wanted' });
    expect(asked.stage).toEqual({ name: 'forgetting', back: { name: 'done' } });
    expect(play(asked, { type: 'kept' }).stage).toEqual({ name: 'done' });
    expect(play(asked, { type: 'forgotten' })).toMatchObject({
      stage: { name: 'forgotten', stake: 'counted' },
      voteId: '',
      counted: null,
    });
  });
});

describe('what was marked and not sent', () => {
  const marked = play(open(), start, ...allBlank.slice(0, 2));
  const want: BoothAction = { type: 'clear-wanted' };

  it('can be wiped wherever it is kept: the right stays, and all starts again', () => {
    const review = play(open(), start, ...allBlank);
    const change = play(open({ counted }), { type: 'change-wanted' }, ...allBlank.slice(0, 1));
    const pages: [string, BoothState][] = [
      ['start', play(marked, { type: 'went', place: 'start' })],
      ['choose', marked],
      ['review', review],
      ['done', play(change, { type: 'went', place: 'start' })],
      ['refused', play(review, { type: 'refused', reason: 'not-open-yet' })],
    ];
    for (const [name, state] of pages) {
      expect(state.stage.name).toBe(name);
      const asked = play(state, want);
      expect(asked.stage).toEqual({ name: 'clearing', back: state.stage });
      expect(play(asked, { type: 'kept' })).toEqual({ ...state, problems: [] });
      const cleared = play(asked, { type: 'cleared' });
      expect(cleared).toMatchObject({ stage: { name: 'cleared' }, voteId: fresh.id });
      expect(cleared.answers).toEqual({});
      expect(play(cleared, { type: 'kept' }).stage.name).toBe(state.counted ? 'done' : 'start');
    }
  });

  it('is not asked about where there is nothing, nor under a ballot on its way', () => {
    for (const state of [open(), play(open(), start), open({ counted })]) {
      expect(play(state, want)).toBe(state);
    }
    const sending = play(open(), start, ...allBlank, { type: 'sent' });
    expect(play(sending, want)).toBe(sending);
    // The box may hold this ballot: its bytes stay until all is forgotten.
    const wrong = play(sending, { type: 'refused', reason: 'promise-wrong' });
    expect(play(wrong, want)).toBe(wrong);
  });

  it('goes with the right to vote when that is wanted, and says that nothing was sent', () => {
    const asked = play(marked, want, { type: 'forget-wanted' });
    expect(asked.stage).toEqual({ name: 'forgetting', back: marked.stage });
    expect(stakeOf(asked)).toBe('unsent');
    expect(play(asked, { type: 'kept' }).stage).toEqual(marked.stage);
    expect(play(asked, { type: 'forgotten' }).stage).toEqual({
      name: 'forgotten',
      stake: 'unsent',
    });
    // Also before anything is marked.
    expect(play(open(), { type: 'forget-wanted' }).stage).toMatchObject({ name: 'forgetting' });
  });

  it('is forgotten with a ballot that waits, which may have arrived', () => {
    const waiting = play(
      open(),
      start,
      ...allBlank,
      { type: 'sent' },
      { type: 'troubled', trouble: 'network' },
    );
    const asked = play(waiting, { type: 'forget-wanted' });
    expect(stakeOf(asked)).toBe('pending');
    expect(play(asked, { type: 'kept' }).stage).toEqual(waiting.stage);
    // The answer that arrives meanwhile is the better news; after forgetting it is nobody's.
    expect(play(asked, { type: 'counted', counted }).stage).toEqual({ name: 'done' });
    const gone = play(asked, { type: 'forgotten' });
    expect(gone.stage).toEqual({ name: 'forgotten', stake: 'pending' });
    expect(play(gone, { type: 'counted', counted })).toBe(gone);
    expect(play(gone, { type: 'refused', reason: 'closed' })).toBe(gone);
  });
});

describe('the order of the options', () => {
  const options = Array.from({ length: 12 }, (_, index) => `o${index}`);

  it('is the same after a reload and another for another voter or contest', () => {
    expect(shuffled(options, 1, 'a')).toEqual(shuffled(options, 1, 'a'));
    expect(shuffled(options, 1, 'a')).not.toEqual(shuffled(options, 2, 'a'));
    expect(shuffled(options, 1, 'a')).not.toEqual(shuffled(options, 1, 'b'));
    expect(shuffled(options, 1, 'a').sort()).toEqual([...options].sort());
  });

  it('puts every option first about as often as any other', () => {
    const voters = 12_000;
    const firsts = new Map<string, number>();
    for (let seed = 0; seed < voters; seed++) {
      const [option] = shuffled(options, Math.imul(seed, 2654435761), 'a');
      firsts.set(option!, (firsts.get(option!) ?? 0) + 1);
    }
    // Expected 1000 each; five standard deviations are about 150.
    for (const option of options) expect(firsts.get(option)).toBeGreaterThan(850);
    for (const option of options) expect(firsts.get(option)).toBeLessThan(1150);
  });
});

describe('the address', () => {
  it('names the step and reads it back; anything else names none', () => {
    for (const place of ['start', 'review', 0, 2, 11] as const) {
      expect(placeOf(fragmentOf(place))).toBe(place);
    }
    for (const other of ['#contenido', '#paso-0', '#paso-x', '#paso-123']) {
      expect(placeOf(other)).toBeNull();
    }
  });
});
