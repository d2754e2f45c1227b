import { describe, expect, it } from 'vitest';
import { render } from '@/components/render.fixture';
import {
  OWN_VOTE_STEPS,
  type CheckedStep,
  type OwnVoteCheck,
  type OwnVoteStep,
  type Verdict,
} from '@/lib/record/own-vote';
import { Findings, outcomeOf } from './own-vote';
import { proofText } from './proof';

/** Every verdict that a step can have. */
const POSSIBLE: Readonly<Record<OwnVoteStep, readonly Verdict[]>> = {
  promise: ['holds', 'fails'],
  rules: ['holds', 'fails'],
  tree: ['holds', 'fails'],
  signature: ['holds', 'fails'],
  included: ['holds', 'waits', 'late', 'fails'],
  witnesses: ['holds', 'waits', 'fails', 'none'],
  grown: ['holds', 'fails', 'none'],
  published: ['holds', 'fails', 'waits', 'asks', 'none'],
};

const WELL: readonly CheckedStep[] = OWN_VOTE_STEPS.map((step) => ({ step, verdict: 'holds' }));

function found(step: OwnVoteStep, verdict: Verdict): OwnVoteCheck {
  return {
    steps: WELL.map((each) => (each.step === step ? { step, verdict, count: 3, of: 4 } : each)),
    isSealed: false,
    remember: null,
    evidence: {
      promise: { round: 'r', leaf: 'the-leaf', code: 'the-code', includeBy: '', signature: 's' },
      checkpoint: 'the note',
      seen: 'an older note',
    },
  };
}

const shown = (answer: OwnVoteCheck, locale: 'es-PE' | 'en' = 'es-PE'): string =>
  render(
    <Findings answer={answer} witnesses={['universidad']} onWhole={() => undefined} />,
    locale,
  );

describe('the check of one’s own vote on the screen', () => {
  it('has a sentence for whatever a step can find, in both languages', () => {
    for (const step of OWN_VOTE_STEPS) {
      for (const verdict of POSSIBLE[step]) {
        for (const locale of ['es-PE', 'en'] as const) {
          // A text that is missing fails inside `render`.
          expect(shown(found(step, verdict), locale)).toContain(`data-verdict="${verdict}"`);
        }
      }
    }
  });

  it('is an alarm when anything fails, news when the batch is not out, and else good', () => {
    for (const step of OWN_VOTE_STEPS) {
      expect(outcomeOf(found(step, 'fails').steps)).toBe('fails');
    }
    expect(outcomeOf(found('included', 'waits').steps)).toBe('waits');
    expect(outcomeOf(found('included', 'late').steps)).toBe('late');
    expect(outcomeOf(WELL)).toBe('holds');
  });

  it('offers the proof with an alarm, and with nothing else', () => {
    expect(shown(found('included', 'fails'))).toContain('Descargar la prueba');
    expect(shown(found('included', 'fails'))).toContain('universidad');
    expect(shown(found('included', 'late'))).toContain('Descargar la prueba');
    expect(shown(found('included', 'waits'))).not.toContain('Descargar la prueba');
  });

  it('never names the leaf or the code', () => {
    for (const verdict of POSSIBLE.included) {
      const html = shown(found('included', verdict));
      expect(html).not.toContain('the-leaf');
      expect(html).not.toContain('the-code');
    }
  });
});

describe('the proof', () => {
  it('names the ballot only where the box broke its word about it', () => {
    for (const step of ['promise', 'included', 'published'] as const) {
      expect(proofText(found(step, 'fails'))).toContain('the-leaf');
    }
    for (const step of ['rules', 'tree', 'signature', 'witnesses', 'grown'] as const) {
      const proof = proofText(found(step, 'fails'));
      expect(proof).not.toContain('the-leaf');
      expect(proof).not.toContain('the-code');
      expect(JSON.parse(proof)).toMatchObject({
        failed: [step],
        checkpoint: 'the note',
        seen: 'an older note',
      });
    }
  });
});
