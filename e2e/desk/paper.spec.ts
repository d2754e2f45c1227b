import type { Browser, Page } from '@playwright/test';
import { openShift } from '../support/desk';
import { enterAs, residentOf } from '../support/people';
import { listRounds, moveRound, openedRound } from '../support/rounds';
import {
  expect,
  expectAccessible,
  expectNoSidewaysScroll,
  test,
  told,
  type Watch,
} from '../support/test';

/** The smallest picture there is: what counts is how it begins. */
const PHOTO = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

async function officerAt(browser: Browser, watch: Watch, person: string, table: string) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await watch.over(context).newPage();
  await enterAs(page, person);
  await page.goto(table);
  return page;
}

/** The page asks for this paper: the one before it is saved. */
async function isAsked(page: Page, paper: number): Promise<void> {
  await expect(
    page.getByRole('heading', { name: `Cédula ${String(paper)}`, exact: true }),
  ).toBeVisible();
}

async function makeVoid(page: Page, paper: number): Promise<void> {
  await isAsked(page, paper);
  await page.getByRole('button', { name: 'Toda la cédula es nula' }).click();
}

async function key(page: Page, paper: number, ranked: string, marked: string): Promise<void> {
  await isAsked(page, paper);
  const fields = page.locator('#cedula').getByRole('textbox');
  await fields.nth(0).fill(ranked);
  await fields.nth(1).fill(marked);
  await page.keyboard.press('Enter');
}

test('a paper table goes from its first stub to a reconciled pile in the record', async ({
  page,
  browser,
  watch,
}) => {
  test.setTimeout(420_000);
  const round = (await openedRound({ id: 'papel', allocates: ['province'], minGroup: 3 })).id;
  await enterAs(page, 'demo-officer');
  await openShift(page);
  await page.goto('/desk/paper');
  const form = page.locator('form').filter({
    has: page.locator(`input[name="roundId"][value="${round}"]`),
  });
  await form.getByLabel('Lugar').fill('Local comunal de prueba');
  await form.getByLabel('Grupo de distritos').selectOption('120114');
  await form.getByLabel('Cédulas recibidas').fill('10');
  await form.getByRole('button', { name: 'Abrir la mesa' }).click();
  await expect(page).toHaveURL(/\/desk\/paper\/[0-9a-f-]{36}$/);
  const table = new URL(page.url()).pathname;

  // Three people, by keyboard alone.
  for (const [at, nth] of [50, 51, 52].entries()) {
    await expect(page.getByLabel('Número de DNI')).toBeFocused();
    await page.keyboard.type(residentOf('120114', nth).dni);
    await page.keyboard.press('Enter');
    await expect(page.getByText(`Entrega una cédula y el talón ${String(at + 1)}`)).toBeVisible();
  }
  await page.getByLabel('Número de DNI').fill(residentOf('120101', 5).dni);
  await page.keyboard.press('Enter');
  await expect(told(page, 'alert')).toContainText('otro grupo de distritos');
  await expectAccessible(page);

  // Minutes: what does not add up is said beside its box; then they are closed with the photo.
  await page.getByRole('link', { name: 'Cerrar la mesa con su acta' }).click();
  await expectAccessible(page);
  const close = async (figures: readonly string[]): Promise<void> => {
    const labels = ['Talones', 'Votos válidos', 'Votos nulos', 'Cédulas no usadas'];
    for (const [at, label] of labels.entries()) {
      await page.getByLabel(label).fill(figures[at] ?? '');
    }
    await page
      .getByLabel('Foto del acta firmada')
      .setInputFiles({ name: 'acta.png', mimeType: 'image/png', buffer: PHOTO });
    await page.getByRole('button', { name: 'Cerrar la mesa con esta acta' }).click();
  };
  await close(['3', '2', '1', '6']);
  await expect(told(page, 'alert')).toContainText('tienen que sumar');
  await expect(page.getByLabel('Votos válidos')).toHaveValue('2');
  await close(['3', '2', '1', '7']);
  await expect(page).toHaveURL(table);
  await expect
    .poll(
      async () => {
        await page.reload();
        return page.getByText('Acta registrada: lista para digitar').isVisible();
      },
      { timeout: 60_000 },
    )
    .toBe(true);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Digitar esta pila' }).click();
  await expect(told(page, 'alert')).toContainText('Todavía se puede votar');

  // Voting ends; the round waits for its paper.
  const closing = moveRound('close', round).catch(() => undefined);
  await expect
    .poll(async () => (await listRounds()).find(({ id }) => id === round)?.state, {
      timeout: 60_000,
    })
    .toBe('closing');
  await page.getByRole('button', { name: 'Digitar esta pila' }).click();
  await expectAccessible(page);
  await key(page, 1, '1 2', '99');
  await expect(told(page, 'alert')).toContainText('no está en la cédula');
  await key(page, 1, '1 2', '1');
  await key(page, 2, '3', '0');
  await makeVoid(page, 3);
  await page.getByRole('button', { name: 'Terminar' }).click();
  await expect(page.getByText('Falta la de la otra persona')).toBeVisible();
  await page.getByRole('button', { name: 'Digitar esta pila' }).click();
  await expect(told(page, 'alert')).toContainText('Ya digitaste esta pila');

  // The second sees nothing of the first, and keys one paper otherwise.
  const second = await officerAt(browser, watch, 'demo-officer-2', table);
  await second.getByRole('button', { name: 'Digitar esta pila' }).click();
  await expect(second.getByText('0 de 3 cédulas digitadas')).toBeVisible();
  await key(second, 1, '1 2', '1');
  await key(second, 2, '4', '0');
  await makeVoid(second, 3);
  await second.getByRole('button', { name: 'Terminar' }).click();
  await expect(second.getByText('falta una tercera persona')).toBeVisible();

  // A third settles the one number in which they differ.
  const third = await officerAt(browser, watch, 'demo-officer-3', table);
  await third.getByRole('button', { name: 'Revisar las diferencias' }).click();
  await key(third, 2, '3', '0');
  await third.getByRole('button', { name: 'Terminar' }).click();
  await expect(third.getByText('La pila está conciliada').first()).toBeVisible();
  await expectAccessible(third);

  await third.getByRole('link', { name: 'Auditar una muestra en público' }).click();
  await third.getByLabel('Semilla').fill('4 6 1 3 2');
  await third.getByLabel('Cuántas cédulas').fill('2');
  await third.getByRole('button', { name: 'Sacar la muestra' }).click();
  await expect(third.getByRole('rowheader')).toHaveCount(2);
  await expectAccessible(third);
  await third.setViewportSize({ width: 360, height: 740 });
  await expectNoSidewaysScroll(third);

  await closing;
  await expect
    .poll(async () => (await listRounds()).find(({ id }) => id === round)?.state, {
      timeout: 90_000,
    })
    .toMatch(/closed|tallying|tallied/);
});
