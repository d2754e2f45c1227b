import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { demoRoll, FREE_RESIDENTS, type DemoResident } from '@/db/seed/roll';
import { pdfPages } from '@/lib/verification/test-pdf';
import { expectStep, vote } from '../support/booth';
import { startProvider, type TestProvider } from '../support/identity-provider';
import { enterAs, openPhone } from '../support/people';
import { openedRound } from '../support/rounds';
import { startSecondWeb, type SecondWeb } from '../support/stack';
import { expect, expectAccessible, expectNoSidewaysScroll, test, told } from '../support/test';

const FIRST_OF_TESTS = 600;
const PORT = 3461;

/** In a district of few people, nobody else of whom has a DNI that ends like hers. */
function residentWithLetter(): DemoResident {
  const roll = demoRoll();
  const ends = (one: DemoResident) => `${one.districtCode}${one.dni.slice(-2)}`;
  const found = roll.find(
    (one) =>
      one.index >= FIRST_OF_TESTS &&
      one.index < FREE_RESIDENTS &&
      roll.filter((other) => other.districtCode === one.districtCode).length < 40 &&
      roll.filter((other) => ends(other) === ends(one)).length === 1,
  );
  if (found === undefined) throw new Error('Every resident shares the end of her DNI');
  return found;
}

async function looksGood(page: Page): Promise<void> {
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
}

/** An officer asks for the letters of a district and prints them; the words of each page. */
async function printLetters(page: Page, district: string): Promise<string[]> {
  await enterAs(page, 'demo-officer');
  await page.goto('/admin/letters');
  await page.getByLabel('Distrito').selectOption(district);
  await page.getByLabel('Hasta la carta').fill('40');
  await page.getByRole('button', { name: 'Pedir estas cartas' }).click();
  await expect(told(page, 'alert')).toContainText('Escribe la razón');
  await page.getByLabel('Razón').fill('Barrio sin señal de celular');
  await page.getByRole('button', { name: 'Pedir estas cartas' }).click();
  await expect(told(page, 'status')).toContainText('Las cartas están pedidas');
  await expectAccessible(page);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Imprimir (PDF)' }).click();
  const pdf = await readFile(await (await download).path());
  await page.reload();
  await expect(page.getByRole('button', { name: 'Imprimir (PDF)' })).toHaveCount(0);
  return pdfPages(pdf);
}

test('a resident without a phone votes with the code of her letter', async ({
  page,
  browser,
  watch,
}) => {
  test.setTimeout(120_000);
  const { id: round } = await openedRound({ id: 'e2e-carta', channels: ['letter', 'desk'] });
  const resident = residentWithLetter();
  const letters = await printLetters(page, resident.districtCode);
  const letter = letters.find((one) => one.includes(`DNI terminado en ${resident.dni.slice(-2)}`));
  const code = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{3}/.exec(letter ?? '')?.[0] ?? '';

  const phone = await openPhone(browser, watch);
  await phone.goto(`/votar/${round}`);
  await looksGood(phone);
  await phone.getByRole('link', { name: 'Tengo una carta con un código' }).click();
  await looksGood(phone);
  await phone.getByLabel('Número de DNI').fill(resident.dni);
  await phone.getByRole('button', { name: 'Continuar' }).click();
  await phone.getByLabel('Código de la carta').fill('4TX9-K2MD');
  await phone.getByRole('button', { name: 'Comprobar el código' }).click();
  await expect(told(phone, 'alert')).toContainText('once letras y números');
  await looksGood(phone);
  await phone.getByLabel('Código de la carta').fill(code.toLowerCase().replaceAll('-', ' '));
  await phone.getByRole('button', { name: 'Comprobar el código' }).click();
  await expectStep(phone, 'Activa tu voto');
  await phone.getByRole('button', { name: 'Activar mi voto' }).click();
  await vote(phone);
  await phone.context().close();
});

test.describe('with an identity provider', () => {
  let web: SecondWeb;
  let provider: TestProvider;
  let round: string;

  test.beforeAll(async () => {
    test.setTimeout(120_000);
    provider = await startProvider(`http://localhost:${String(PORT)}/api/oidc/callback`);
    ({ id: round } = await openedRound({ id: 'e2e-identidad', channels: ['oidc', 'desk'] }));
    web = await startSecondWeb(PORT, {
      MINKA_VOTER_OIDC_ISSUER: provider.url,
      MINKA_VOTER_OIDC_CLIENT_ID: 'minka',
      MINKA_VOTER_OIDC_CLIENT_SECRET: 's'.repeat(40),
      MINKA_VOTER_OIDC_SCOPE: 'openid identity',
      MINKA_VOTER_OIDC_NAME: 'Identidad de prueba',
      MINKA_TRUSTED_PROXIES: '1',
      MINKA_LIMIT_FACTOR: '1',
    });
  });
  test.afterAll(async () => {
    await web.stop();
    await provider.stop();
  });

  test('a resident is verified there and comes back to her booth; a stranger learns nothing', async ({
    browser,
    watch,
  }) => {
    const visit = async (dni: string): Promise<Page> => {
      provider.dni = dni;
      const phone = await openPhone(browser, watch);
      await phone.goto(`${web.url}/votar/${round}`);
      await phone.getByRole('link', { name: 'Entrar con Identidad de prueba' }).click();
      return phone;
    };
    const known = await visit(residentWithLetter().dni);
    await expect(known).toHaveURL(`${web.url}/votar/${round}/cabina`);
    // The ballot box hears its own site alone, and this is another: how far she came stands here.
    await known.goto(`${web.url}/votar/${round}`);
    await expect(known.getByText('Ya comprobamos que puedes votar')).toBeVisible();
    const unknown = await visit('12345678');
    await expectStep(unknown, 'No pudimos comprobar que puedes votar');
    await looksGood(unknown);
    // The answer of a visit is heard once: whoever has the address has nothing.
    await unknown.goto(`${web.url}/api/oidc/callback?code=x&state=y&iss=${provider.url}`);
    await expect(unknown).toHaveURL(`${web.url}/votar`);
    await known.context().close();
    await unknown.context().close();
  });

  test('who asks too often is told how long to wait, by a page with its status', async ({
    browser,
    watch,
    request,
  }) => {
    const headers = { 'x-forwarded-for': '6.6.6.6, 203.0.113.9' };
    const start = `${web.url}/api/oidc/start?round=${round}`;
    for (let nth = 0; nth < 120; nth += 1) {
      const { status } = await request
        .get(start, { headers, maxRedirects: 0 })
        .then((response) => ({ status: response.status() }));
      expect(status).toBe(303);
    }
    const context = watch.over(
      await browser.newContext({
        javaScriptEnabled: false,
        viewport: { width: 360, height: 740 },
        extraHTTPHeaders: headers,
      }),
    );
    const page = await context.newPage();
    const response = await page.goto(start);
    expect(response?.status()).toBe(429);
    expect(Number(response?.headers()['retry-after'])).toBeGreaterThan(0);
    await expectStep(page, 'Espera un momento');
    await expect(page.getByText(/Vuelve a intentarlo en (\d+ minutos|un minuto)/)).toBeVisible();
    await expectNoSidewaysScroll(page);
    await context.close();
    const withScript = await openPhone(browser, watch);
    await withScript.goto(`${web.url}/limite?espera=90&volver=/votar`);
    await looksGood(withScript);
    // Another address is not kept waiting, and what the client itself writes in front counts nothing.
    const other = await request.get(start, {
      headers: { 'x-forwarded-for': '203.0.113.9, 203.0.113.10' },
      maxRedirects: 0,
    });
    expect(other.headers()['location']).toContain(provider.url);
    const away = await request.get(`${web.url}/limite?motivo=cuenta&espera=30`);
    expect(away.status()).toBe(503);
    await withScript.context().close();
  });

  test('T20: a body that is too large, or does not say how large it is, is refused unread', async ({
    request,
  }) => {
    const post = (path: string, bytes: number) =>
      request.post(`${web.url}${path}`, {
        headers: { origin: web.url, 'content-type': 'text/plain' },
        data: 'x'.repeat(bytes),
      });
    const large = await post('/api/credential', 20_000);
    expect(large.status()).toBe(413);
    expect(await large.text()).toContain('demasiado grande');
    expect((await post(`/votar/${round}/dni`, 20_000)).status()).toBe(413);
    expect((await post('/api/credential', 2_000)).status()).toBe(401);
    const chunked = await fetch(`${web.url}/api/credential`, {
      method: 'POST',
      headers: { origin: web.url },
      body: new ReadableStream({
        start(controller) {
          controller.enqueue(new TextEncoder().encode('{}'));
          controller.close();
        },
      }),
      duplex: 'half',
    } as RequestInit);
    expect(chunked.status).toBe(411);
  });
});
