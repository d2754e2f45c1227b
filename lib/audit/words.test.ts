import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AUDIT_ACTIONS } from './actions';

describe('everything that is recorded', () => {
  it.each(['es-PE', 'en'])('has words in %s', (locale) => {
    const { action } = JSON.parse(readFileSync(`messages/${locale}/audit.json`, 'utf8')) as {
      action: Record<string, Record<string, string>>;
    };
    const without = AUDIT_ACTIONS.filter((name) => {
      const [area = '', act = ''] = name.split('.');
      return (action[area]?.[act] ?? '') === '';
    });
    expect(without, 'add these to messages/*/audit.json').toEqual([]);
  });
});
