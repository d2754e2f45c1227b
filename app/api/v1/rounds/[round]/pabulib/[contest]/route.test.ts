import { describe, expect, it, vi } from 'vitest';
import type { ContestExport, ExportRefusal } from '@/lib/results/export';
import { ok, refuse, type Result } from '@/lib/shared/result';
import { GET } from './route';

let answer: Result<ContestExport, ExportRefusal>;
vi.mock('@/lib/results/export', () => ({ exportOf: () => Promise.resolve(answer) }));
vi.mock('@/lib/env', () => ({ webEnv: () => ({ MINKA_BALLOT_BOX_URL: 'http://localhost:1' }) }));
vi.mock('next-intl/server', () => ({
  getTranslations: () => Promise.resolve((key: string) => `sentence of ${key}`),
}));

const ask = (headers: Record<string, string> = {}) =>
  GET(new Request('http://localhost/api', { headers }), {
    params: Promise.resolve({ round: 'pp2027-votacion', contest: 'fondo-provincia' }),
  });

const file = (text: string): Result<ContestExport, ExportRefusal> =>
  ok({ etag: '"e"', write: () => Promise.resolve(ok(text)) });

describe('the export of a contest', () => {
  it('comes as a text file to keep, whole, whatever its length and letters', async () => {
    const text = `${'ñ'.repeat((1 << 16) - 1)}𝄞 fin\n`;
    answer = file(text);
    const response = await ask();
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': 'attachment; filename="pp2027-votacion-fondo-provincia.pb"',
      'x-content-type-options': 'nosniff',
      etag: '"e"',
    });
    expect(await response.text()).toBe(text);
  });

  it('is not made again for who already has it', async () => {
    answer = ok({ etag: '"e"', write: () => Promise.reject(new Error('made again')) });
    expect((await ask({ 'if-none-match': '"e"' })).status).toBe(304);
  });

  it.each([
    ['not-found', 404],
    ['no-envelope', 404],
    ['not-published', 409],
    ['hidden', 409],
    ['box-away', 503],
    ['record-differs', 502],
  ] as const)('is refused with a sentence: %s is %i', async (reason, status) => {
    answer =
      reason === 'box-away' || reason === 'record-differs'
        ? ok({ etag: '"e"', write: () => Promise.resolve(refuse(reason)) })
        : refuse(reason);
    const response = await ask();
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({ reason, message: `sentence of ${reason}` });
  });
});
