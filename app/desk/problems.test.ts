import { describe, expect, it } from 'vitest';
import { LOCALES } from '@/lib/i18n/locale';
import { messagesOf } from '@/lib/i18n/messages';
import { PAPER_PROBLEMS, paperProblem } from './paper/problems';
import { DESK_PROBLEMS, deskProblem } from './problems';

describe('what an address may say went wrong', () => {
  it.each(LOCALES)('has a sentence for each problem in %s', async (locale) => {
    const messages = (await messagesOf(locale)) as Record<string, { problem: object }>;
    expect(Object.keys(messages['desk']?.problem ?? {})).toEqual(
      expect.arrayContaining([...DESK_PROBLEMS]),
    );
    expect(Object.keys(messages['paper']?.problem ?? {})).toEqual(
      expect.arrayContaining([...PAPER_PROBLEMS]),
    );
  });

  it('is nothing but one of them', () => {
    for (const read of [deskProblem, paperProblem]) {
      expect(read('not-on-roll')).toBe('not-on-roll');
      expect(read('<script>')).toBeNull();
      expect(read(['not-on-roll'])).toBeNull();
      expect(read(undefined)).toBeNull();
    }
  });
});
