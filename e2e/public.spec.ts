import { gzipSync } from 'node:zlib';
import { draftRound, moveRound, seededRound } from './support/rounds';
import { stackEnv } from './support/stack';
import { expect, expectNoSidewaysScroll, test, visit } from './support/test';

/** The round's own pages exist once it is open: after the loop it is, alone this file opens it. */
test.beforeAll(async () => {
  test.setTimeout(180_000);
  const { id, state } = await seededRound();
  if (state === 'draft') await moveRound('open', id);
});

/** What anyone may read, without signing in. */
const READING = [
  '/',
  '/plan',
  '/plan/SOC-1',
  '/plan/INS-2',
  '/propuestas',
  '/propuestas?pagina=2',
  '/votar',
  '/resultados',
  '/seguimiento',
  '/comprobar',
  '/como-se-cuenta',
  '/ayuda',
  '/privacidad',
  '/accesibilidad',
];

/** Pages whose address depends on the seed's fiscal year. */
async function ofThisYear(): Promise<string[]> {
  const { cycle } = await seededRound();
  const year = Number(cycle.slice(2));
  return [
    `/propuestas/${String(year)}-001`,
    `/propuestas/${String(year - 1)}-001`,
    `/votar/pp${String(year)}-votacion`,
    `/resultados/pp${String(year - 1)}-votacion`,
    `/prioridades/pp${String(year)}`,
    `/ciclos/pp${String(year)}`,
    `/ciclos/pp${String(year - 1)}`,
    `/screen/HYO${String(year - 2000)}`,
  ];
}

const SIGN_IN = ['/ingresar', '/demo', '/demo/outbox'];

for (const [name, viewport] of Object.entries({
  'a 360 px phone': { width: 360, height: 740 },
  'a 1280 px desk': { width: 1280, height: 800 },
})) {
  test(`every public page is accessible on ${name}`, async ({ page }) => {
    test.setTimeout(300_000);
    await page.setViewportSize(viewport);
    for (const path of [...READING, ...(await ofThisYear()), ...SIGN_IN]) {
      await test.step(path, async () => {
        await visit(page, path);
        await expect(page.locator('h1')).toHaveCount(1);
        await expect(page.locator('main#contenido')).toHaveCount(1);
        await expectNoSidewaysScroll(page);
      });
    }
  });
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the reading pages can be read', async ({ page }) => {
    for (const path of [...READING, ...(await ofThisYear())]) {
      // The screen lives on a stream and the receipt's check on a key in the phone.
      if (path.startsWith('/screen/')) continue;
      await test.step(path, async () => {
        const response = await page.goto(path);
        expect(response?.status()).toBe(200);
        await expect(page.locator('h1')).toBeVisible();
        expect((await page.locator('main').innerText()).length).toBeGreaterThan(100);
      });
    }
  });

  test('the language can be changed, on the page one is reading', async ({ page }) => {
    await page.goto('/plan/SOC-1');
    await expect(page.locator('html')).toHaveAttribute('lang', 'es-PE');
    await page.getByRole('button', { name: 'English' }).click();
    await expect(page).toHaveURL('/plan/SOC-1');
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    await page.getByRole('button', { name: 'Español' }).click();
    await expect(page.locator('html')).toHaveAttribute('lang', 'es-PE');
  });

  test('proposals can be filtered', async ({ page }) => {
    await page.goto('/propuestas');
    const before = await page.locator('main').innerText();
    await page.locator('main form').getByRole('combobox').first().selectOption({ index: 1 });
    await page.locator('main form').getByRole('button').first().click();
    await expect(page).toHaveURL(/\/propuestas\?/);
    expect(await page.locator('main').innerText()).not.toBe(before);
  });
});

test('English pages are accessible too', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  for (const path of ['/', '/plan/SOC-1', '/propuestas', '/resultados', '/votar']) {
    await visit(page, path);
  }
});

test('what does not exist is not found, in words', async ({ page }) => {
  const response = await page.goto('/no-existe');
  expect(response?.status()).toBe(404);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('No encontramos esta página');
  for (const path of [
    '/plan/XYZ-9',
    '/propuestas/1999-001',
    '/votar/nada',
    '/resultados/nada',
    '/screen/NADA',
  ]) {
    expect((await page.goto(path))?.status(), path).toBe(404);
  }
});

test('a draft of a round is nobody’s business', async ({ page }) => {
  const { id } = await draftRound({ id: 'e2e-borrador' });
  for (const path of [`/votar/${id}`, `/votar/${id}/dni`, `/resultados/${id}`]) {
    expect((await page.goto(path))?.status(), path).toBe(404);
  }
});

test('answers carry the security headers and a nonce that is new each time', async ({
  request,
}) => {
  const policies = [];
  for (const path of ['/', '/votar', '/resultados', '/no-existe']) {
    const headers = (await request.get(path)).headers();
    const policy = headers['content-security-policy'] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toMatch(/script-src 'self' 'nonce-[A-Za-z0-9+/=]{20,}' 'strict-dynamic'/);
    expect(policy).not.toContain('unsafe-eval');
    expect(/script-src[^;]*unsafe-inline/.test(policy)).toBe(false);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['x-frame-options']).toBe('DENY');
    expect(headers['referrer-policy']).toBe('same-origin');
    expect(headers['permissions-policy']).toContain('geolocation=()');
    expect(headers['cross-origin-opener-policy']).toBe('same-origin');
    expect(headers['x-powered-by']).toBeUndefined();
    policies.push(/'nonce-([^']+)'/.exec(policy)?.[1]);
  }
  expect(new Set(policies).size).toBe(policies.length);
});

test('every script of a page carries its nonce', async ({ request }) => {
  const response = await request.get('/');
  const nonce = /'nonce-([^']+)'/.exec(response.headers()['content-security-policy'] ?? '')?.[1];
  const scripts = (await response.text()).match(/<script\b[^>]*>/g) ?? [];
  expect(scripts.length).toBeGreaterThan(0);
  for (const script of scripts) expect(script).toContain(`nonce="${nonce ?? 'none'}"`);
});

test('the health of every part can be asked', async ({ request }) => {
  const response = await request.get('/api/health');
  expect(response.status()).toBe(200);
  expect(await response.json()).toEqual({
    ok: true,
    version: stackEnv()['MINKA_VERSION'],
    registry: true,
    ballotBox: true,
  });
});

test('the first view of the home page is light: HTML and CSS within 40 kB', async ({ request }) => {
  const html = await (await request.get('/')).text();
  const sheets = [...html.matchAll(/<link[^>]+rel="stylesheet"[^>]*>/g)].map(
    ([tag]) => /href="([^"]+)"/.exec(tag)?.[1] ?? '',
  );
  expect(sheets.length).toBeGreaterThan(0);
  let bytes = gzipSync(html).length;
  for (const sheet of new Set(sheets)) {
    bytes += gzipSync(await (await request.get(sheet)).body()).length;
  }
  expect(bytes).toBeLessThanOrEqual(40 * 1024);
});

test('the first view of the home page takes at most 25 requests and no web font', async ({
  page,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(`${request.resourceType()} ${request.url()}`));
  await page.goto('/', { waitUntil: 'networkidle' });
  expect(asked.length).toBeLessThanOrEqual(25);
  expect(asked.filter((line) => line.startsWith('font'))).toEqual([]);
});

test('the keyboard reaches the content without walking through the menu', async ({ page }) => {
  await page.goto('/');
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Ir al contenido' });
  await expect(skip).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/#contenido');
});
