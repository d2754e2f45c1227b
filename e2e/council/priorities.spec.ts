import type { Page } from '@playwright/test';
import { enterAs } from '../support/people';
import { moveRound, openedRound, simulate } from '../support/rounds';
import { expect, expectAccessible, test, told, visit } from '../support/test';

/** A process of its own: what is refused here must not touch the demonstration's. */
let proposal: string;
let nextCycle: string;
const DIMENSIONS = ['Social', 'Económica', 'Ambiental', 'Institucional'];

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  test.setTimeout(240_000);
  const { id, cycleId } = await openedRound({ id: 'e2e-concejo', ownCycle: true });
  expect(await simulate(id, 40, 200)).toMatchObject({ ok: 40, failed: 0 });
  await moveRound('close', id);
  await moveRound('tally', id);
  await moveRound('publish', id);
  proposal = `/council/priorities/${id}-v1`;
  nextCycle = `pp${String(Number(cycleId.slice(2)) + 1)}`;
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
  for (const path of ['/council', '/council/priorities', proposal]) await visit(page, path);
});

test('a decision without a reason is refused, and the summary takes the focus', async ({
  page,
}) => {
  await enterAs(page, 'demo-councillor-1');
  await page.goto(proposal);
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
  await page.goto(proposal);
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
  await page.goto(proposal);
  await other.goto(proposal);
  await decide(page, 'Social', 'Lo pidieron los barrios de la provincia');
  await expect(told(page, 'status').filter({ hasText: 'Social' })).toBeVisible();
  await decide(other, 'Social', 'Lo mismo, registrado por otra persona');
  await expect(told(other, 'alert')).toContainText('Esta dimensión ya está decidida');
  await other.context().close();
});

test('priorities are adopted once', async ({ page, context }) => {
  await enterAs(page, 'demo-councillor-1');
  await page.goto(proposal);
  for (const dimension of DIMENSIONS.slice(1)) {
    await decide(page, dimension, `Se adopta lo que salió de los votos: ${dimension}`);
    await expect(
      told(page, 'status').filter({ hasText: `${dimension} está registrada` }),
    ).toBeVisible();
  }
  await expectAccessible(page);
  const second = await context.newPage();
  await second.goto(proposal);
  await page.getByRole('button', { name: 'Adoptar las prioridades' }).click();
  await expect(told(page, 'status')).toContainText('Las prioridades están adoptadas');
  await second.getByRole('button', { name: 'Adoptar las prioridades' }).click();
  await expect(told(second, 'alert')).toContainText('Estas prioridades ya están adoptadas.');
  await expectAccessible(second);
  await visit(page, `/prioridades/${nextCycle}`);
});

test('only a councillor may open the decisions', async ({ page }) => {
  await enterAs(page, 'demo-admin');
  for (const path of ['/council', '/council/priorities', proposal]) {
    expect((await page.goto(path))?.status(), path).toBe(403);
  }
});
