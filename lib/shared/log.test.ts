import { DrizzleQueryError } from 'drizzle-orm/errors';
import { describe, expect, it } from 'vitest';
import { describeError } from './log';

describe('what a log may say of an error', () => {
  it('a failed query leaves neither statement nor parameters behind', () => {
    const cause = Object.assign(new Error('duplicate key: (964000111)'), {
      code: '23505',
      constraint_name: 'credential_one_per_resident',
      query: 'insert into x values ($1)',
    });
    const said = JSON.stringify(
      describeError(new DrizzleQueryError('insert into x', ['964000111'], cause)),
    );
    expect(said).not.toContain('964000111');
    expect(said).not.toContain('insert');
    expect(said).toContain('23505');
    expect(said).toContain('credential_one_per_resident');
  });

  it('another error keeps its words', () => {
    expect(describeError(new RangeError('too far'))).toMatchObject({
      type: 'RangeError',
      message: 'too far',
    });
    expect(describeError('text')).toEqual({ type: 'string' });
  });
});
