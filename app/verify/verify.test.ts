import { unstable_doesMiddlewareMatch } from 'next/experimental/testing/server';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { config } from '@/proxy';
import { ensureVerifier } from '@/services/supervisor/build-verifier';
import { GET as download } from './[file]/route';
import { GET as page } from './route';

const BOX = 'https://urna.example';
vi.mock('@/lib/env', () => ({ webEnv: () => ({ MINKA_BALLOT_BOX_URL: `${BOX}/` }) }));

beforeAll(ensureVerifier, 60_000);

const file = (name: string): Promise<Response> =>
  download(new Request('https://minka.example/'), { params: Promise.resolve({ file: name }) });

describe('/verify', () => {
  it('is the page with a policy by hash, and knows the ballot box of the site', async () => {
    const response = await page();
    expect(response.status).toBe(200);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/script-src 'sha256-[^']+';/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|nonce/);
    expect(await response.text()).toContain(`<html lang="es" data-box="${BOX}">`);
  });

  it('offers both files to be kept, which know no site and run nowhere on this one', async () => {
    for (const name of ['minka-verify.html', 'minka-verify.mjs']) {
      const response = await file(name);
      expect(response.headers.get('content-disposition')).toContain(name);
      expect(response.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
      expect(await response.text()).not.toContain(BOX);
    }
  });

  it.each(['package.json', 'sources', '..%2fsources', 'constructor'])(
    'gives no other file: %s',
    async (name) => {
      expect((await file(name)).status).toBe(404);
    },
  );

  it('has no second policy from the proxy, which every other page passes', () => {
    const matches = (url: string): boolean => unstable_doesMiddlewareMatch({ config, url });
    for (const url of ['/verify', '/verify/minka-verify.html']) expect(matches(url)).toBe(false);
    for (const url of ['/', '/verifying', '/admin/verify', '/api/credential', '/votar']) {
      expect(matches(url), url).toBe(true);
    }
  });
});
