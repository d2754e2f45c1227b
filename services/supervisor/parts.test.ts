import { describe, expect, it } from 'vitest';
import { partOf } from './parts';

/** T32: what a process does not hold, nobody takes out of it. */

const SECRETS = {
  /** Signs who may vote: the worker's alone. */
  MINKA_KEYS_DIR: ['worker'],
  /** Signs the public record, and where it is kept: the ballot box's alone. */
  MINKA_RECORD_KEY_FILE: ['ballot-box'],
  BALLOT_BOX_DATABASE_URL: ['ballot-box'],
  MINKA_BOX_STATE_DIR: ['ballot-box'],
  /** People: never the ballot box's. */
  DATABASE_URL: ['web', 'worker'],
  /** Opens sessions of staff: the site's alone. */
  MINKA_SESSION_SECRET: ['web'],
} as const;

const PARTS = ['web', 'worker', 'ballot-box', 'witness'] as const;
const everything = Object.fromEntries(
  Object.keys(SECRETS).map((name) => [name, `value of ${name}`]),
);

describe('T32: each part of an instance', () => {
  it.each(Object.entries(SECRETS))('%s reaches whom it must and nobody else', (name, holders) => {
    const have = PARTS.filter((part) => {
      const { env, args } = partOf(part, everything, { keyFile: '/witness.key', seconds: 5 });
      return name in env || JSON.stringify([args, Object.values(env)]).includes(`value of ${name}`);
    });
    expect([...have].sort()).toEqual([...holders].sort());
  });

  it('is told nothing that is not on its own list', () => {
    const { env } = partOf(
      'web',
      { ...everything, ANYTHING_ELSE: 'x', PATH: '/bin' },
      {
        keyFile: '',
        seconds: 5,
      },
    );
    expect(Object.keys(env)).not.toContain('ANYTHING_ELSE');
    expect(Object.keys(env)).not.toContain('MINKA_KEYS_DIR');
  });
});
