import { answerAll, ballotsIn, begin, expectStep, send, vote } from '../support/booth';
import { identify, openPhone, residentOf } from '../support/people';
import { openedRound } from '../support/rounds';
import { expect, expectAccessible, expectNoSidewaysScroll, test, told } from '../support/test';

const CHILCA = '120107';

let round: string;

test.beforeAll(async () => {
  ({ id: round } = await openedRound({ id: 'e2e-recuperar' }));
});

test('a phone lost before voting: the code on paper votes from another one, once', async ({
  page,
  browser,
  watch,
}) => {
  test.setTimeout(180_000);
  const before = await ballotsIn(page, round);
  const resident = residentOf(CHILCA, 20);
  const lost = await openPhone(browser, watch);
  await identify(lost, round, resident);
  await lost.getByRole('button', { name: 'Quiero un código de recuperación' }).click();
  await expectStep(lost, 'Anota tu código de recuperación');
  await expectAccessible(lost);
  await expectNoSidewaysScroll(lost);
  const paper = (await lost.getByTestId('recovery').textContent()) ?? '';
  expect(paper).toMatch(/^([0-9A-Z]{5}-){4}[0-9A-Z]{5}$/);
  await lost.getByRole('button', { name: 'Ya lo anoté: activar mi voto' }).click();
  await expectStep(lost, 'Tu voto está activado');
  // The code is nowhere on the phone.
  expect(await lost.content()).not.toContain(paper);
  await lost.context().close();

  await identify(page, round, resident);
  await expectStep(page, 'Tu voto ya se activó en otro lugar');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Tengo un código de recuperación' }).click();
  await expectStep(page, 'Escribe tu código de recuperación');
  await expectAccessible(page);
  const field = page.getByLabel('Código de recuperación');
  const recover = page.getByRole('button', { name: 'Recuperar mi voto' });
  await recover.click();
  await expect(told(page, 'alert')).toContainText('Escribe tu código de recuperación');
  await expect(told(page, 'alert')).toBeFocused();
  await field.fill(`${paper.startsWith('Z') ? 'Y' : 'Z'}${paper.slice(1)}`);
  await recover.click();
  await expect(told(page, 'alert')).toContainText('Ese código no puede existir');
  await expectAccessible(page);
  await field.fill(paper.toLowerCase().replaceAll('-', ' '));
  await recover.click();
  await vote(page);
  await expect(page.getByText('rómpelo ahora')).toBeVisible();
  expect(await ballotsIn(page, round)).toBe(before + 1);
});

test('another code than the one on paper opens nothing, and may be tried again', async ({
  page,
  browser,
  watch,
}) => {
  const resident = residentOf(CHILCA, 21);
  const other = await openPhone(browser, watch);
  await identify(other, round, resident);
  await other.getByRole('button', { name: 'Quiero un código de recuperación' }).click();
  const unused = (await other.getByTestId('recovery').textContent()) ?? '';
  await other.getByRole('button', { name: 'Volver' }).click();
  await other.getByRole('button', { name: 'Activar mi voto' }).click();
  await expectStep(other, 'Tu voto está activado');

  await identify(page, round, resident);
  for (let attempt = 0; attempt < 2; attempt += 1) {
    await page.getByRole('button', { name: 'Tengo un código de recuperación' }).click();
    await page.getByLabel('Código de recuperación').fill(unused);
    const refused = page.waitForResponse('**/api/credential');
    await page.getByRole('button', { name: 'Recuperar mi voto' }).click();
    expect((await refused).status()).toBe(409);
    await expectStep(page, 'Tu voto ya se activó en otro lugar');
  }
  await other.context().close();
});

test('what was cast with the lost phone stays counted and cannot be changed', async ({
  page,
  browser,
  watch,
}) => {
  test.setTimeout(180_000);
  const before = await ballotsIn(page, round);
  const resident = residentOf(CHILCA, 22);
  const lost = await openPhone(browser, watch);
  await identify(lost, round, resident);
  await lost.getByRole('button', { name: 'Quiero un código de recuperación' }).click();
  const paper = (await lost.getByTestId('recovery').textContent()) ?? '';
  await lost.getByRole('button', { name: 'Ya lo anoté: activar mi voto' }).click();
  await vote(lost);
  await lost.context().close();

  await identify(page, round, resident);
  await page.getByRole('button', { name: 'Tengo un código de recuperación' }).click();
  await page.getByLabel('Código de recuperación').fill(paper);
  await page.getByRole('button', { name: 'Recuperar mi voto' }).click();
  await begin(page);
  await answerAll(page, { rows: 1 });
  await send(page);
  await expectStep(page, 'Tu voto no se contó');
  await expect(told(page, 'alert')).toContainText('Ya hay un voto tuyo contado');
  expect(await ballotsIn(page, round)).toBe(before + 1);
});

test('the booth refuses rules with another key before it blinds anything', async ({ page }) => {
  await page.route('**/v1/rounds/*/manifest', async (route) => {
    const response = await route.fetch();
    const manifest = JSON.parse(await response.text()) as { groups: { key: string }[] };
    const [first, second] = manifest.groups;
    if (first !== undefined && second !== undefined)
      [first.key, second.key] = [second.key, first.key];
    await route.fulfill({ response, body: JSON.stringify(manifest) });
  });
  let asked = 0;
  page.on('request', (request) => {
    if (request.url().endsWith('/api/credential')) asked += 1;
  });
  await identify(page, round, residentOf(CHILCA, 23));
  await expectStep(page, 'Algo no coincide, y por eso paramos');
  await expectAccessible(page);
  expect(asked).toBe(0);
  await page.unrouteAll();
  await page.reload();
  await page.getByRole('button', { name: 'Activar mi voto' }).click();
  await expectStep(page, 'Tu voto está activado');
  expect(asked).toBe(1);
});
