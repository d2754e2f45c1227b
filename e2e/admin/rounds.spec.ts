import { enterAs } from '../support/people';
import { draftRound } from '../support/rounds';
import { expect, expectAccessible, test, told, visit } from '../support/test';

test.describe.configure({ mode: 'serial' });

let round: string;

test.beforeAll(async () => {
  ({ id: round } = await draftRound({ id: 'e2e-administracion' }));
});

test('the administrator’s pages are accessible', async ({ page }) => {
  await enterAs(page, 'demo-admin');
  for (const path of [
    '/admin',
    '/admin/rounds',
    '/admin/rounds/new',
    `/admin/rounds/${round}`,
    '/admin/plan',
    '/studio',
  ]) {
    await visit(page, path);
  }
});

test('of two people who open a round, the second is told that it moved on', async ({
  page,
  context,
}) => {
  await enterAs(page, 'demo-admin');
  const second = await context.newPage();
  await page.goto(`/admin/rounds/${round}`);
  await second.goto(`/admin/rounds/${round}`);
  await page.getByRole('button', { name: 'Abrir la votación' }).click();
  await expect(told(page, 'status')).toContainText('Pediste abrir la votación');
  await second.getByRole('button', { name: 'Abrir la votación' }).click();
  await expect(told(second, 'alert')).toContainText('La votación ya cambió de estado');
  await expectAccessible(second);
  await expect(page.getByRole('button', { name: 'Cerrar la votación' })).toBeVisible({
    timeout: 60_000,
  });
});

test('closing before the announced hour needs a reason', async ({ page }) => {
  await enterAs(page, 'demo-admin');
  await page.goto(`/admin/rounds/${round}`);
  const reason = page.getByLabel('Motivo del cierre antes de hora');
  // The browser insists on a text; that it says something is for the server to insist on.
  await reason.fill('ya');
  await page.getByRole('button', { name: 'Cerrar la votación' }).click();
  await expect(told(page, 'alert')).toContainText('escribe el motivo');
  await expectAccessible(page);
  await page.getByLabel('Motivo del cierre antes de hora').fill('Prueba del cierre con motivo');
  await page.getByRole('button', { name: 'Cerrar la votación' }).click();
  await expect(page.getByRole('button', { name: 'Publicar los resultados' })).toBeVisible({
    timeout: 60_000,
  });
  await expectAccessible(page);
});

test('a round is drafted in the browser, and what is missing is said beside it', async ({
  page,
}) => {
  await enterAs(page, 'demo-admin');
  await page.goto('/admin/rounds/new');
  await page.locator('#nameEs').fill('');
  await page.locator('#closesAt').fill('');
  await page.locator('main form').getByRole('button').last().click();
  const summary = told(page, 'alert').filter({ hasText: 'Hay un problema' });
  await expect(summary).toBeFocused();
  await expect(summary.getByRole('link')).toHaveCount(2);
  await summary.getByRole('link').first().click();
  await expect(page.locator('#nameEs')).toBeFocused();
  await expectAccessible(page);
});

test('the areas of the staff open to their role and to nobody else', async ({ page }) => {
  for (const path of ['/admin', '/admin/rounds', '/admin/plan', '/council', '/studio', '/desk']) {
    await page.goto(path);
    await expect(page, path).toHaveURL(/\/ingresar/);
  }
  const forbidden: Readonly<Record<string, readonly string[]>> = {
    'demo-councillor-1': ['/admin', '/admin/rounds', '/admin/rounds/new', '/admin/plan', '/desk'],
    'demo-technical': ['/admin', '/council', '/council/priorities', '/admin/plan'],
    'demo-officer': ['/admin', '/council', `/admin/rounds/${round}`],
  };
  for (const [person, paths] of Object.entries(forbidden)) {
    await page.context().clearCookies();
    await enterAs(page, person);
    for (const path of paths) {
      const response = await page.goto(path);
      expect(response?.status(), `${person} at ${path}`).toBe(403);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(
        'Tu cargo no abre esta página',
      );
    }
    await expectAccessible(page);
  }
});

test('who signs out is out, also with the old cookie', async ({ page, request }) => {
  await enterAs(page, 'demo-admin');
  const cookies = await page.context().cookies();
  await page.getByRole('button', { name: 'Salir' }).first().click();
  await expect(page).toHaveURL(/\/ingresar/);
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const again = await request.get('/admin', { headers: { cookie }, maxRedirects: 0 });
  expect(again.status()).toBe(307);
  expect(again.headers()['location']).toContain('/ingresar');
});
