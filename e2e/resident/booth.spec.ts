import {
  answerAll,
  ballotsIn,
  begin,
  CAST,
  castAttempts,
  chooseProposals,
  expectStep,
  goOn,
  leaveBlank,
  rankRows,
  receiptOf,
  send,
  vote,
} from '../support/booth';
import { identify, openPhone, residentOf, verify } from '../support/people';
import { openedRound } from '../support/rounds';
import { expect, expectAccessible, expectNoSidewaysScroll, test, told } from '../support/test';

const CHILCA = '120107';

let round: string;

test.beforeAll(async () => {
  ({ id: round } = await openedRound({
    id: 'e2e-cabina',
    allocates: ['province', CHILCA],
  }));
});

test('a resident ranks, allocates both funds, reviews, sends and gets a code', async ({ page }) => {
  const before = await ballotsIn(page, round);
  await verify(page, round, residentOf(CHILCA, 0));
  await vote(page, { accessible: true });
  await expectNoSidewaysScroll(page);
  expect(await ballotsIn(page, round)).toBe(before + 1);
  // Who comes back to the booth finds the code again, not the choice.
  const code = await receiptOf(page);
  await page.reload();
  expect(await receiptOf(page)).toBe(code);
});

test('more than there is may be ticked, and not sent', async ({ page }) => {
  await verify(page, round, residentOf(CHILCA, 1));
  await begin(page);
  await rankRows(page, 1);
  await goOn(page);
  const boxes = page.locator('fieldset').getByRole('checkbox');
  await expect(boxes.first()).toBeVisible();
  const count = await boxes.count();
  for (let at = 0; at < count; at += 1) await boxes.nth(at).check();
  await expect(page.getByRole('status')).toContainText('Te pasaste por');
  const most = 10;
  expect(count).toBeGreaterThan(most);
  await expect(page.getByText(`Puedes elegir hasta ${String(most)}`).first()).toBeVisible();
  await expect(page.getByRole('status')).toContainText(
    `Marcaste ${String(count)}. Puedes elegir hasta ${String(most)}. Quita ${String(count - most)}.`,
  );
  await goOn(page);
  const summary = told(page, 'alert');
  await expect(summary).toContainText(`Marcaste ${String(count - most)} propuestas de más`);
  await expect(summary).toContainText('Te pasaste por');
  await expect(summary).toBeFocused();
  await expectAccessible(page);
  // Nor by walking around the button.
  await page.evaluate(() => {
    location.hash = '#revisar';
  });
  await expect(summary).toContainText('Te pasaste por');
  await expect(page.getByRole('button', { name: 'Enviar mi voto' })).toHaveCount(0);

  for (let at = 0; at < count; at += 1) await boxes.nth(at).uncheck();
  await goOn(page);
  await expect(told(page, 'alert')).toContainText('Marca al menos una propuesta');
  await chooseProposals(page, 1);
  await goOn(page);
  await leaveBlank(page);
  await goOn(page);
  await expectStep(page, 'Revisa tu voto');
});

test('an unanswered part is asked for, and blank is an answer', async ({ page }) => {
  const before = await ballotsIn(page, round);
  await verify(page, round, residentOf(CHILCA, 2));
  await begin(page);
  await goOn(page);
  await expect(told(page, 'alert')).toContainText('o marca «Dejar en blanco»');
  for (let part = 0; part < 3; part += 1) {
    await expect(page.getByText(`Paso ${String(part + 1)} de 3`)).toBeVisible();
    await leaveBlank(page);
    await goOn(page);
  }
  await expectStep(page, 'Revisa tu voto');
  await expect(page.getByText('En blanco', { exact: true })).toHaveCount(3);
  await expectAccessible(page);
  await send(page);
  await receiptOf(page);
  expect(await ballotsIn(page, round)).toBe(before + 1);
});

test('at most five rows are ranked, and their order can be changed', async ({ page }) => {
  await verify(page, round, residentOf(CHILCA, 3));
  await begin(page);
  await rankRows(page, 5);
  await expect(page.getByRole('status')).toContainText('Tienes 5 de 5 en tu lista');
  await page
    .getByRole('button', { name: /^Poner en mi lista/ })
    .first()
    .click({ force: true });
  await expect(page.getByRole('status')).toContainText('Tienes 5 de 5 en tu lista');
  const list = page.getByRole('region', { name: /^Tu lista/ }).getByRole('listitem');
  const second = await list.nth(1).locator('p').innerText();
  await list
    .nth(1)
    .getByRole('button', { name: /^Subir/ })
    .click();
  const title = (text: string) => text.replace(/^\d\s*/, '');
  await expect(list.nth(0).locator('p')).toContainText(title(second));
  await expectAccessible(page);
});

test('a reload keeps the draft and the place', async ({ page }) => {
  await verify(page, round, residentOf(CHILCA, 4));
  await begin(page);
  await rankRows(page, 2);
  await goOn(page);
  await chooseProposals(page, 1);
  const chosen = await page.getByRole('status').innerText();
  await page.reload();
  await expect(page.getByText('Paso 2 de 3')).toBeVisible();
  await expect(page.getByRole('status')).toHaveText(chosen, { useInnerText: true });
  await page.goBack();
  await expect(page.getByText('Paso 1 de 3')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Quitar de mi lista/ })).toHaveCount(2);
});

test('a vote can be changed: one ballot counts, with a new code', async ({ page }) => {
  const before = await ballotsIn(page, round);
  await verify(page, round, residentOf(CHILCA, 5));
  const first = await vote(page);
  await page.getByRole('button', { name: 'Cambiar mi voto' }).click();
  await answerAll(page, { rows: 1, proposals: 1 });
  await send(page);
  await expect(page.getByTestId('receipt')).not.toHaveText(first);
  await receiptOf(page);
  expect(await ballotsIn(page, round)).toBe(before + 1);
});

test('a cut while sending, and a lost answer, end in exactly one ballot', async ({ page }) => {
  const before = await ballotsIn(page, round);
  const attempts = castAttempts(page);
  await verify(page, round, residentOf(CHILCA, 6));
  await begin(page);
  await answerAll(page);
  // First nothing arrives; then the ballot arrives and its answer is lost.
  let tries = 0;
  await page.route(CAST, async (route) => {
    if (route.request().method() !== 'POST') {
      await route.continue();
      return;
    }
    tries += 1;
    if (tries === 2) await route.fetch();
    if (tries <= 2) await route.abort('connectionreset');
    else await route.continue();
  });
  await send(page);
  await expectStep(page, 'Tu voto aún no está contado');
  await expect(page.getByRole('status')).toContainText('No hay conexión con la urna');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Reintentar ahora' }).click();
  await expect.poll(() => ballotsIn(page, round)).toBe(before + 1);
  // The phone does not know yet. It is closed, and opened again: the same bytes leave.
  await page.reload();
  const code = await receiptOf(page);
  expect(attempts.length).toBeGreaterThanOrEqual(3);
  expect(new Set(attempts).size).toBe(1);
  expect(attempts[0]).toContain(code.replaceAll('-', ''));
  expect(await ballotsIn(page, round)).toBe(before + 1);
});

test('without a network the vote waits on the phone, and leaves by itself', async ({
  page,
  context,
}) => {
  const before = await ballotsIn(page, round);
  const attempts = castAttempts(page);
  await verify(page, round, residentOf(CHILCA, 7));
  await begin(page);
  await answerAll(page);
  await context.setOffline(true);
  await send(page);
  await expectStep(page, 'Tu voto aún no está contado');
  await context.setOffline(false);
  await receiptOf(page);
  expect(new Set(attempts).size).toBe(1);
  expect(await ballotsIn(page, round)).toBe(before + 1);
});

test('a lost answer of the activation is asked for again, not a second credential', async ({
  page,
}) => {
  let lost = 0;
  await page.route('**/api/credential', async (route) => {
    if (lost > 0) {
      await route.continue();
      return;
    }
    lost += 1;
    await route.fetch();
    await route.abort('connectionreset');
  });
  await verify(page, round, residentOf(CHILCA, 8));
  await expectStep(page, 'No pudimos activar tu voto todavía');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Intentar de nuevo' }).click();
  await vote(page);
  expect(lost).toBe(1);
});

test('a second phone of the same resident is told where the vote is', async ({
  page,
  browser,
  watch,
}) => {
  const resident = residentOf(CHILCA, 9);
  await verify(page, round, resident);
  await expectStep(page, 'Tu voto está activado');
  const second = await openPhone(browser, watch);
  await identify(second, round, resident);
  await expectStep(second, 'Tu voto ya se activó en otro lugar');
  await expectAccessible(second);
  await second.context().close();
  // The first phone is none the worse for it.
  await page.reload();
  await vote(page);
});

test('two tabs of one phone that send at once send one ballot', async ({ page, context }) => {
  const before = await ballotsIn(page, round);
  await verify(page, round, residentOf(CHILCA, 10));
  await begin(page);
  await answerAll(page);
  const other = await context.newPage();
  await other.goto(`/votar/${round}/cabina#revisar`);
  await expectStep(other, 'Revisa tu voto');
  // Both are on their way before either arrives.
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((done) => {
    letGo = done;
  });
  await context.route(CAST, async (route) => {
    await held;
    await route.continue();
  });
  await send(page);
  await expectStep(page, 'Enviando tu voto');
  await send(other);
  await expectStep(other, 'Enviando tu voto');
  letGo();
  expect(await receiptOf(other)).toBe(await receiptOf(page));
  expect(await ballotsIn(page, round)).toBe(before + 1);
});

test('a vote can be forgotten on the phone, and stays counted', async ({ page }) => {
  const before = await ballotsIn(page, round);
  await verify(page, round, residentOf(CHILCA, 11));
  await vote(page);
  await page.getByRole('button', { name: 'Olvidar mi voto' }).click();
  await expectStep(page, '¿Olvidar tu voto en este celular?');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Sí, olvidar mi voto' }).click();
  await expectStep(page, 'Este celular olvidó tu voto');
  await page.goto(`/votar/${round}/cabina`);
  await expect(page.getByTestId('receipt')).toHaveCount(0);
  expect(await ballotsIn(page, round)).toBe(before + 1);
});
