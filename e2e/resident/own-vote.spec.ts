import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { boxUrl, expectStep, vote } from '../support/booth';
import { openPhone, residentOf, verify } from '../support/people';
import { moveRound, openedRound } from '../support/rounds';
import { expect, expectAccessible, expectNoSidewaysScroll, test, told } from '../support/test';

const HUANCAYO = '120101';

async function verdicts(page: Page): Promise<Record<string, string>> {
  await expect(page.locator('[data-step="published"]')).toBeVisible();
  const pairs = await page
    .locator('[data-step]')
    .evaluateAll((steps) =>
      steps.map((step) => [step.getAttribute('data-step'), step.getAttribute('data-verdict')]),
    );
  return Object.fromEntries(pairs) as Record<string, string>;
}

const checkButton = (page: Page) => page.getByRole('button', { name: /^Comprobar (paso|otra)/ });

test('the phone follows its vote from the promise to the open ballot', async ({
  page,
  browser,
  watch,
}) => {
  test.setTimeout(240_000);
  const { id: round } = await openedRound({ id: 'e2e-mi-voto' });
  await verify(page, round, residentOf(HUANCAYO, 10));
  const code = await vote(page, { accessible: true });

  // On paper there is the slip and nothing else, and no choice on it.
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByText('Comprobante de voto')).toBeVisible();
  await expect(page.getByRole('button').filter({ visible: true })).toHaveCount(0);
  await page.emulateMedia({ media: 'screen' });
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Guardar como imagen' }).click();
  const picture = await (await saved).path();
  expect((await readFile(picture)).subarray(1, 4).toString()).toBe('PNG');

  // While voting goes on: promised, and published in groups of twenty or more.
  await page.goto(`/comprobar?proceso=${round}`);
  await expect(page.getByText(code)).toBeVisible();
  await expectAccessible(page);
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().startsWith(boxUrl())) asked.push(request.url());
  });
  await checkButton(page).click();
  expect(await verdicts(page)).toMatchObject({
    promise: 'holds',
    rules: 'holds',
    tree: 'holds',
    signature: 'holds',
    included: 'waits',
    published: 'waits',
    grown: 'none',
  });
  await expect(told(page, 'status').first()).toContainText('prometido, todavía sin publicar');
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  // Nothing that it asked for says which vote is its own.
  expect(asked.every((url) => !url.includes(code.replaceAll('-', '')))).toBe(true);
  expect(asked.map((url) => url.replace(/^.*\/public-record\/[^/]+\//, ''))).toEqual([
    'index.json',
    'checkpoint',
    'leaves/000000.bin',
  ]);

  await moveRound('close', round);
  await page.reload();
  await checkButton(page).click();
  expect(await verdicts(page)).toMatchObject({
    promise: 'holds',
    rules: 'holds',
    tree: 'holds',
    signature: 'holds',
    included: 'holds',
    grown: 'holds',
    published: 'holds',
  });
  await expect(told(page, 'status').first()).toContainText('Tu voto está en el registro público');
  await expectAccessible(page);

  // By its QR, on any device: the code stays in the fragment, and leaves the address at once.
  const other = await openPhone(browser, watch);
  const seen: string[] = [];
  other.on('request', (request) =>
    seen.push(new URL(request.url()).pathname + new URL(request.url()).search),
  );
  await other.goto(`/comprobar#proceso=${round}&codigo=${code.replaceAll('-', '')}`);
  await expect(told(other, 'status').last()).toContainText('Sí: ese voto está en la urna');
  await expect(told(other, 'status').last()).toContainText('ya está en el registro público');
  expect(new URL(other.url()).hash).toBe('');
  expect(seen.filter((url) => url.startsWith('/comprobar')).join()).not.toContain(
    code.replaceAll('-', ''),
  );
  await expectAccessible(other);
  await other.context().close();

  // A box that drops the ballot after its promise is convicted, with a file to show.
  await page.route('**/leaves/000000.bin', async (route) => {
    const response = await route.fetch();
    const leaves = await response.body();
    await route.fulfill({ response, body: leaves.subarray(0, 32) });
  });
  await checkButton(page).click();
  await expect(told(page, 'status').first()).toContainText('Algo no está bien');
  expect(await verdicts(page)).toMatchObject({ tree: 'fails', included: 'fails', grown: 'fails' });
  await expectAccessible(page);
  const proof = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Descargar la prueba' }).click();
  const file = JSON.parse(await readFile(await (await proof).path(), 'utf8')) as object;
  expect(file).toMatchObject({ kind: 'minka/proof/v1', round, promise: { round } });
  await page.unrouteAll();

  // Without a network nothing is accused.
  await page.route('**/public-record/**', (route) => route.abort('connectionreset'));
  await checkButton(page).click();
  await expect(told(page, 'status').first()).toContainText('No pudimos leer el registro público');
  await page.unrouteAll();

  await page.getByRole('button', { name: 'Olvidar mi voto' }).click();
  await expect(told(page, 'alert')).toContainText('¿Olvidar este voto en este celular?');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Sí, olvidar mi voto' }).click();
  await expect(page.getByText(code)).toHaveCount(0);
  await page.goto(`/votar/${round}/cabina`);
  await expectStep(page, 'Esta votación ya cerró');
});
