import type { Page } from '@playwright/test';
import { enterAs } from '../support/people';
import { moveRound, openedRound, simulate } from '../support/rounds';
import { expect, expectAccessible, test, visit } from '../support/test';

/** A process of its own: what is refused here must not touch the demonstration's. */
const ROUND = 'e2e-concejo';
const FISCAL_YEAR = 2040;
const PROPOSAL = `/council/priorities/${ROUND}-v1`;
const DIMENSIONS = ['Social', 'Económica', 'Ambiental', 'Institucional'];

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  test.setTimeout(240_000);
  await openedRound({ id: ROUND, screenCode: 'E2ECON', newFiscalYear: FISCAL_YEAR });
  const { ok, failures } = await simulate(ROUND, 40, 200);
  expect(failures).toEqual({});
  expect(ok).toBe(40);
  await moveRound('close', ROUND);
  await moveRound('tally', ROUND);
  await moveRound('publish', ROUND);
});

function decision(page: Page, dimension: string) {
  return page
    .locator('form')
    .filter({ has: page.getByRole('button', { name: `Registrar la decisión: ${dimension}` }) });
}

async function decide(page: Page, dimension: string, reason: string): Promise<void> {
  const form = decision(page, dimension);
  await form.getByLabel('Razón').fill(reason);
  await form.getByRole('button').click();
}

test('the council’s pages are accessible', async ({ page }) => {
  await enterAs(page, 'demo-councillor-1');
  for (const path of ['/council', '/council/priorities', PROPOSAL]) await visit(page, path);
});

test('a decision without a reason is refused, and the summary takes the focus', async ({
  page,
}) => {
  await enterAs(page, 'demo-councillor-1');
  await page.goto(PROPOSAL);
  const form = decision(page, 'Social');
  await form.getByRole('button').click();
  const summary = form.getByRole('alert');
  await expect(summary).toBeFocused();
  await expect(summary).toContainText('Escribe la razón, con al menos 10 letras.');
  await expectAccessible(page);
  await summary.getByRole('link').click();
  await expect(form.getByLabel('Razón')).toBeFocused();
  await page.reload();
  await expect(decision(page, 'Social')).toHaveCount(1);
});

test('a share that is none is refused beside its field', async ({ page }) => {
  await enterAs(page, 'demo-councillor-1');
  await page.goto(PROPOSAL);
  const form = decision(page, 'Social');
  await form.getByLabel('Enmendar con otra cifra').check();
  await form.getByLabel('Otra cifra (%)').fill('ciento diez');
  await form.getByLabel('Razón').fill('Porque hay que escribir algo aquí');
  await form.getByRole('button').click();
  await expect(form.getByRole('alert')).toContainText('Escribe un porcentaje de 0 a 100');
  // What was typed is still there.
  await expect(form.getByLabel('Razón')).toHaveValue('Porque hay que escribir algo aquí');
  await form.getByLabel('Otra cifra (%)').fill('110');
  await form.getByRole('button').click();
  await expect(form.getByRole('alert')).toContainText('Escribe un porcentaje de 0 a 100');
});

test('of two councillors who decide the same, one is told that it was decided', async ({
  page,
  browser,
  watch,
}) => {
  const other = await watch.over(await browser.newContext()).newPage();
  await enterAs(page, 'demo-councillor-1');
  await enterAs(other, 'demo-councillor-2');
  await page.goto(PROPOSAL);
  await other.goto(PROPOSAL);
  await decide(page, 'Social', 'Lo pidieron los barrios de la provincia');
  await expect(page.getByRole('status').filter({ hasText: 'Social' })).toBeVisible();
  await decide(other, 'Social', 'Lo mismo, registrado por otra persona');
  await expect(other.getByRole('alert')).toContainText('Esta dimensión ya está decidida');
  await other.context().close();
});

test('priorities are adopted once', async ({ page, context }) => {
  await enterAs(page, 'demo-councillor-1');
  await page.goto(PROPOSAL);
  for (const dimension of DIMENSIONS.slice(1)) {
    await decide(page, dimension, `Se adopta lo que salió de los votos: ${dimension}`);
    await expect(
      page.getByRole('status').filter({ hasText: `${dimension} está registrada` }),
    ).toBeVisible();
  }
  await expectAccessible(page);
  const second = await context.newPage();
  await second.goto(PROPOSAL);
  await page.getByRole('button', { name: 'Adoptar las prioridades' }).click();
  await expect(page.getByRole('status')).toContainText('Las prioridades están adoptadas');
  await second.getByRole('button', { name: 'Adoptar las prioridades' }).click();
  await expect(second.getByRole('alert')).toContainText('Estas prioridades ya están adoptadas.');
  await expectAccessible(second);
  await visit(page, `/prioridades/pp${String(FISCAL_YEAR + 1)}`);
});

test('only a councillor may open the decisions', async ({ page }) => {
  await enterAs(page, 'demo-admin');
  for (const path of ['/council', '/council/priorities', PROPOSAL]) {
    expect((await page.goto(path))?.status(), path).toBe(403);
  }
});
