import { describe, expect, it } from 'vitest';
import { render } from '@/components/render.fixture';
import { manifestFixture } from '@/lib/rounds/manifest.fixture';
import { begunOf, BegunVote } from './begun-vote';
import { Cleared, Clearing, Forgetting, Forgotten } from './forgetting';
import { OPENING, type BoothState, type Stake } from './state';
import type { Counted, StoredVote } from './types';
import { ForgetWaiting, WipeOffer } from './wipe-offer';

const nothing = (): void => undefined;
const asked = { onYes: nothing, onNo: nothing };
const CODE = 'K7QM2V9DXA3T8';
const counted = { leaf: 'the-leaf', receipt: CODE, seq: 1 } as unknown as Counted;
const marks = { prioridades: { picks: ['SOC-1'], blank: false } };
const vote = { id: 'r|tag', round: 'r', draft: null, outbox: null, counted: null } as StoredVote;
const outbox = { line: ['', ''], leaf: '', receipt: CODE, seq: 1 } as const;

describe('forgetting in the booth', () => {
  it('says in both languages what is lost, with the code of what is counted', () => {
    for (const locale of ['es-PE', 'en'] as const) {
      for (const stake of ['counted', 'unsent', 'pending'] as const satisfies Stake[]) {
        for (const receipt of [null, CODE]) {
          const page = (recoverable: boolean) =>
            render(<Forgetting mayVote {...{ stake, receipt, recoverable }} {...asked} />, locale);
          expect(page(false).includes('K7QM-2V9D-XA3T-8')).toBe(receipt !== null);
          expect(page(true) !== page(false)).toBe(stake === 'unsent');
        }
        expect(render(<Forgotten stake={stake} />, locale)).toContain('<h1');
      }
      for (const isCounted of [true, false]) {
        expect(
          render(<Clearing {...{ isCounted }} onForget={nothing} {...asked} />, locale),
        ).toContain('<h1');
        expect(render(<Cleared {...{ isCounted }} onAgain={nothing} />, locale)).toContain('<h1');
      }
      expect(render(<ForgetWaiting dispatch={nothing} />, locale)).toContain('<button');
    }
  });

  it('never says that a vote is counted when none was sent', () => {
    const page = render(
      <Forgetting mayVote stake="unsent" receipt={null} recoverable={false} {...asked} />,
    );
    expect(page).toContain('El permiso se da una sola vez');
    expect(page + render(<Forgotten stake="unsent" />)).not.toContain('sigue contado');
  });

  it('tells who has a recovery code that there is still a way', () => {
    const page = render(
      <Forgetting mayVote recoverable stake="unsent" receipt={null} {...asked} />,
    );
    expect(page).toContain('Solo podrías votar con tu código de recuperación');
    expect(page).not.toContain('Te quedarías sin votar');
  });

  it('is offered at the start and wherever something is marked', () => {
    const offer = (changes: Partial<BoothState>) =>
      render(<WipeOffer state={{ ...OPENING, ...changes }} dispatch={nothing} />);
    const manifest = manifestFixture({});
    const choose = { name: 'choose', step: 0, forReview: false } as const;
    expect(offer({ stage: choose, manifest })).toBe('');
    expect(offer({ stage: choose, manifest, answers: marks })).toContain('Borrar lo que marqué');
    expect(offer({ stage: { name: 'review' }, answers: marks })).toContain('Borrar lo que marqué');
    expect(offer({ stage: { name: 'start' } })).toContain('Borrar mi permiso');
    expect(offer({ stage: { name: 'start' } })).not.toContain('Borrar lo que marqué');
    expect(offer({ stage: { name: 'done' }, counted, answers: marks })).toContain(
      'Marcaste un cambio y no lo enviaste',
    );
  });
});

describe('the votes that a phone keeps and that are not counted', () => {
  it('are told apart', () => {
    expect(begunOf(vote)).toBe('unsent');
    expect(begunOf({ ...vote, outbox })).toBe('pending');
    expect(begunOf({ ...vote, counted })).toBeNull();
    expect(begunOf({ ...vote, counted, draft: {} })).toBeNull();
    expect(begunOf({ ...vote, counted, draft: marks })).toBe('change');
    expect(begunOf({ ...vote, counted, draft: marks, outbox })).toBe('pendingChange');
  });

  it('offer to wipe marks only where no ballot may be on its way, and never show a choice', () => {
    const shown = (held: StoredVote, locale: 'es-PE' | 'en' = 'es-PE') =>
      render(<BegunVote vote={held} begun={begunOf(held) ?? 'unsent'} onWiped={nothing} />, locale);
    const every = [
      vote,
      { ...vote, draft: marks },
      { ...vote, draft: marks, outbox },
      { ...vote, counted, draft: marks },
      { ...vote, counted, draft: marks, outbox },
    ];
    for (const held of every) {
      expect(shown(held, 'en')).toContain('Open the booth');
      expect(shown(held)).toContain('/votar/r/cabina');
      expect(shown(held)).not.toContain('SOC-1');
    }
    const offers = every.map((held) => shown(held).includes('Borrar lo que marqué'));
    expect(offers).toEqual([false, true, false, true, false]);
    const forgets = every.map((held) =>
      /Borrar (mi permiso|todo de este celular)/.test(shown(held)),
    );
    expect(forgets).toEqual([true, true, true, false, false]);
  });
});
