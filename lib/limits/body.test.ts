import { describe, expect, it } from 'vitest';
import type { Access } from '@/lib/auth/permissions';
import { ROUTES } from '@/lib/auth/routes';
import { bodyCap, bodyProblem } from './body';
import { explainedLimit, limitPage } from './page';

const of = (headers: Record<string, string>) => new Headers(headers);

describe('T20: how much a request may carry', () => {
  const open = Object.entries<Access>(ROUTES).filter(([, access]) => access === 'everyone');

  it.each(open.map(([route]) => route))('strangers carry 16 kB, or 64 kB of words: %s', (route) => {
    const words = ['/padron', '/agentes', '/privacidad'].some((form) => route.startsWith(form));
    expect(bodyCap(route)).toBe(words ? 65_536 : 16_384);
  });

  it('staff carry files and tablets a day of an assembly, as much as Next reads', () => {
    const next = 10 * 1024 * 1024;
    for (const path of ['/admin/plan', '/desk/paper/x/photo', '/studio', '/api/tablets/x/sync']) {
      expect(bodyCap(path)).toBe(next);
    }
  });

  it('an address that nobody has thought of, or that only begins like theirs, carries 16 kB', () => {
    for (const path of [
      '/new',
      '/administration',
      '/desktop',
      '/adminx/plan',
      '/ADMIN',
      '//admin',
    ]) {
      expect(bodyCap(path)).toBe(16_384);
    }
  });

  it('a declared gigabyte is refused before a byte of it is read', () => {
    expect(bodyProblem('/api/credential', of({ 'content-length': '1073741824' }))).toBe(
      'too-large',
    );
    expect(bodyProblem('/admin/plan', of({ 'content-length': '1073741824' }))).toBe('too-large');
    expect(bodyProblem('/api/credential', of({ 'content-length': '16384' }))).toBeNull();
  });

  it('a body that does not say how long it is is refused; no body is fine', () => {
    expect(bodyProblem('/api/credential', of({ 'transfer-encoding': 'chunked' }))).toBe(
      'no-length',
    );
    expect(bodyProblem('/votar/x', of({}))).toBeNull();
  });
});

describe('the page that explains a limit', () => {
  it('says what its address says, within bounds, and leads back to a page of ours only', () => {
    const page = limitPage(
      { ok: false, reason: 'limited', retryAfterSeconds: 250 },
      '/votar/x/dni?para=derecho',
    );
    expect(explainedLimit(new URL(page, 'http://x').searchParams)).toEqual({
      status: 429,
      retryAfterSeconds: 250,
      back: '/votar/x/dni?para=derecho',
    });
    const away = limitPage({ ok: false, reason: 'unavailable', retryAfterSeconds: 30 }, '/');
    expect(explainedLimit(new URL(away, 'http://x').searchParams).status).toBe(503);
    for (const evil of ['//evil.example', '/\\evil', 'https://evil.example', '/a:b', '']) {
      const query = new URLSearchParams({ espera: '-5', volver: evil });
      expect(explainedLimit(query)).toEqual({ status: 429, retryAfterSeconds: 60, back: '/' });
    }
    expect(explainedLimit(new URLSearchParams({ espera: '999999999' })).retryAfterSeconds).toBe(
      86_400,
    );
  });
});
