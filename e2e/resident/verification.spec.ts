import type { Page } from '@playwright/test';
import { askForCode, codeFor, residentOf, verify } from '../support/people';
import { openedRound } from '../support/rounds';
import { expect, expectAccessible, test, told } from '../support/test';

const EL_TAMBO = '120114';

let round: string;

test.beforeAll(async () => {
  ({ id: round } = await openedRound({ id: 'e2e-verificacion' }));
});

function giveCode(code: string) {
  return async (page: Page) => {
    await page.getByLabel('Código de seis números').fill(code);
    await page.getByRole('button', { name: 'Comprobar el código' }).click();
  };
}

/** Six digits that are not the code. */
function wrong(code: string): string {
  const digits = code.replace(' ', '');
  return `${digits.slice(0, 5)}${String((Number(digits[5]) + 1) % 10)}`;
}

test('a wrong code can be tried five times, and then not even the right one', async ({ page }) => {
  const resident = residentOf(EL_TAMBO, 0);
  const code = await codeFor(page, round, resident);
  for (const sentence of ['Te quedan 4', 'Te quedan 3', 'Te quedan 2', 'Te queda 1']) {
    await giveCode(wrong(code))(page);
    await expect(told(page, 'alert')).toContainText(sentence);
  }
  await expectAccessible(page);
  await giveCode(wrong(code))(page);
  await expect(told(page, 'alert')).toContainText('Se acabaron los intentos con este código');
  await expect(page.getByLabel('Código de seis números')).toHaveCount(0);
  await expectAccessible(page);

  await page.getByRole('link', { name: 'Pedir otro código' }).click();
  const another = await codeFor(page, round, resident);
  await giveCode(another.replace(' ', ''))(page);
  await expect(page).toHaveURL(`/votar/${round}/cabina`);
});

test('a code that was used opens nothing a second time', async ({ page, browser, watch }) => {
  const resident = residentOf(EL_TAMBO, 1);
  await verify(page, round, resident);
  await page.goBack();
  const other = await watch.over(await browser.newContext()).newPage();
  await other.goto(`/votar/${round}/codigo`);
  // The other phone has no attempt of its own: it starts with the DNI.
  await expect(other).toHaveURL(`/votar/${round}/dni`);
  await other.context().close();
});

test('a DNI that is not on the roll meets the same pages and the same words', async ({
  page,
  browser,
  watch,
}) => {
  const unknown = await watch.over(await browser.newContext()).newPage();
  await askForCode(unknown, round, '12345678');
  const code = await codeFor(page, round, residentOf(EL_TAMBO, 2));
  const main = (of: Page) => of.locator('#contenido').innerText();
  expect(await main(unknown)).toBe(await main(page));
  expect(await unknown.title()).toBe(await page.title());
  await giveCode('123456')(unknown);
  await giveCode(wrong(code))(page);
  await expect(told(unknown, 'alert')).toContainText('Te quedan 4');
  await expect(told(page, 'alert')).toContainText('Te quedan 4');
  expect(await main(unknown)).toBe(await main(page));
  await unknown.context().close();
});

test('what cannot be a DNI is said beside the field', async ({ page }) => {
  await page.goto(`/votar/${round}/dni`);
  const title = await page.title();
  for (const [typed, sentence] of [
    ['', 'Escribe tu número de DNI'],
    ['1234567', 'El DNI tiene 8 números'],
    ['abcdefgh', 'El DNI tiene 8 números'],
  ] as const) {
    await page.getByLabel('Número de DNI').fill(typed);
    await page.getByRole('button', { name: 'Enviarme el código' }).click();
    await expect(told(page, 'alert')).toContainText(sentence);
    await expect(told(page, 'alert')).toBeFocused();
    await expect(page).toHaveTitle(`Error: ${title}`);
    // Phones are shared: what was typed is not shown again.
    await expect(page.getByLabel('Número de DNI')).toHaveValue('');
  }
  await expectAccessible(page);
  await told(page, 'alert').getByRole('link').click();
  await expect(page.getByLabel('Número de DNI')).toBeFocused();
});

test('a DNI gets ten codes a day', async ({ page }) => {
  const { dni } = residentOf(EL_TAMBO, 3);
  for (let code = 0; code < 10; code += 1) await askForCode(page, round, dni);
  await page.goto(`/votar/${round}/dni`);
  await page.getByLabel('Número de DNI').fill(dni);
  await page.getByRole('button', { name: 'Enviarme el código' }).click();
  await expect(told(page, 'alert')).toContainText('Hoy ya se pidieron 10 códigos con este DNI');
  await expectAccessible(page);
});

test('the page of the code leads to the DNI when no code was asked for', async ({ page }) => {
  await page.goto(`/votar/${round}/codigo`);
  await expect(page).toHaveURL(`/votar/${round}/dni`);
});

test('the booth without verification says what comes first', async ({ page }) => {
  await page.goto(`/votar/${round}/cabina`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    'Primero comprobemos que puedes votar',
  );
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Comprobar con mi DNI' }).click();
  await expect(page).toHaveURL(`/votar/${round}/dni`);
});

test('a phone can be handed on: leaving forgets who was verified', async ({ page }) => {
  await verify(page, round, residentOf(EL_TAMBO, 4));
  await page.goto(`/votar/${round}`);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Salir en este celular' }).click();
  await expect(page.getByRole('link', { name: 'Empezar con mi DNI' })).toBeVisible();
  expect((await page.context().cookies()).map(({ name }) => name)).not.toContain('minka-voter');
});

test('what to do without a code is a page, not an error', async ({ page }) => {
  await askForCode(page, round, '12345678');
  await page.getByText('No me llega el código').click();
  await page.getByRole('link', { name: 'Mira qué puedes hacer' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Si no te llega el código');
  await expectAccessible(page);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('one is verified all the same, and told that the booth needs it', async ({ page }) => {
    const code = await codeFor(page, round, residentOf(EL_TAMBO, 5));
    await giveCode(code)(page);
    await expect(page).toHaveURL(`/votar/${round}/cabina`);
    // Finding by text passes over noscript, whatever a reader sees of it.
    const notice = page.locator('noscript');
    await expect(notice.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(notice.locator('p').first()).toContainText('necesita JavaScript');
    await expect(page.locator('h1:visible')).toHaveCount(1);
  });
});

test('cookies of voters are for the server alone', async ({ page }) => {
  await verify(page, round, residentOf(EL_TAMBO, 6));
  const cookie = (await page.context().cookies()).find(({ name }) => name === 'minka-voter');
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
});

test('a stranger gets no credential', async ({ request, baseURL }) => {
  const response = await request.post('/api/credential', {
    headers: { origin: baseURL ?? '' },
    data: { round, blinded: 'A'.repeat(342) },
  });
  expect(response.status()).toBe(401);
});
