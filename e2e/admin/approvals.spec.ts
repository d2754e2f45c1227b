import type { Browser, Page } from '@playwright/test';
import { inviteByTwo, withAuthenticator } from '../support/passkeys';
import { draftRound } from '../support/rounds';
import { startSecondWeb, stackEnv, type SecondWeb } from '../support/stack';
import {
  expect,
  expectAccessible,
  expectNoSidewaysScroll,
  test,
  told,
  visit,
  type Watch,
} from '../support/test';
import { ask, cookieOf, withRegistry } from '../support/walk';

/** What one person alone cannot do, and what an open session alone cannot do. */

const PHONE = { width: 360, height: 740 };

async function signedIn(
  browser: Browser,
  watch: Watch,
  person: string,
  options: { readonly baseURL?: string; readonly viewport?: typeof PHONE } = {},
): Promise<Page> {
  const context = watch.over(await browser.newContext(options));
  const [name = '', value = ''] = (await cookieOf(person)).split('=');
  await context.addCookies([
    { name, value, url: options.baseURL ?? stackEnv()['MINKA_SITE_URL'] ?? '' },
  ]);
  return context.newPage();
}

test.describe('where a municipality asks for two people', () => {
  let web: SecondWeb;
  test.beforeAll(async () => {
    const port = Number(stackEnv()['PORT']) + 28;
    web = await startSecondWeb(port, { MINKA_TWO_PEOPLE: '1' });
  });
  test.afterAll(() => web.stop());

  test('T22: one administrator asks to open a vote, and another one opens it', async ({
    browser,
    watch,
  }) => {
    // Of money only: the plan's words may change beside this test, and a yes pins what it opens.
    const { id } = await draftRound({
      id: 'e2e-dos',
      allocates: ['province'],
      ranksPlan: false,
    });
    const ana = await signedIn(browser, watch, 'demo-admin', { baseURL: web.url });
    await visit(ana, `/admin/rounds/${id}`);
    await expect(ana.getByText('Esto lo hacen dos personas')).toBeVisible();
    await ana.getByLabel('Razón del pedido').fill('Terminó la revisión de las propuestas');
    await ana.getByRole('button', { name: 'Abrir la votación' }).click();
    await expect(told(ana, 'status')).toContainText('Quedó pedido.');
    await expect(ana.getByText('en preparación').first()).toBeVisible();
    await ana.getByRole('link', { name: 'Ver lo pedido' }).click();
    await expect(ana.getByText('Lo tiene que decidir otra persona.').first()).toBeVisible();
    await expectAccessible(ana);

    // The oversight committee reads along, and has nothing to press.
    const vilma = await signedIn(browser, watch, 'demo-oversight', { baseURL: web.url });
    await visit(vilma, '/admin/approvals');
    await expect(vilma.getByText('Terminó la revisión').first()).toBeVisible();
    await expect(vilma.getByRole('button', { name: 'Aceptar' })).toHaveCount(0);

    const alberto = await signedIn(browser, watch, 'demo-admin-2', {
      baseURL: web.url,
      viewport: PHONE,
    });
    await visit(alberto, '/admin/approvals');
    await expectNoSidewaysScroll(alberto);
    await expect(alberto.getByText('Se congelan el padrón').first()).toBeVisible();
    await alberto.getByRole('button', { name: 'Aceptar' }).first().click();
    await expect(told(alberto, 'status').first()).toContainText('Se aceptó');
    await alberto.goto(`/admin/rounds/${id}`);
    await expect(alberto.getByText('Mandó abrir la votación')).toBeVisible();
    for (const page of [ana, vilma, alberto]) await page.context().close();
  });
});

test('T22, T33: an administrator is let in, and in again after she lost her key, by two others', async ({
  browser,
  watch,
}) => {
  const id = `ada-${Date.now().toString(36)}`;
  const ana = await signedIn(browser, watch, 'demo-admin');
  const alberto = await signedIn(browser, watch, 'demo-admin-2');
  const link = await inviteByTwo(ana, alberto, id);
  const context = watch.over(await browser.newContext({ viewport: PHONE }));
  const ada = await context.newPage();
  const lose = await withAuthenticator(ada);
  await ada.goto(link);
  await ada.getByRole('button', { name: 'Crear mi llave y entrar' }).click();
  await expect(ada).toHaveURL('/admin');
  await context.clearCookies();
  await lose();
  await withAuthenticator(ada);
  await ada.goto('/ingresar');
  await ada.getByRole('button', { name: 'Entrar con mi llave' }).click();
  await expect(ada.getByText('No se completó.')).toBeVisible();

  await ana.goto(`/admin/people/${id}`);
  const readmit = ana.locator('form').filter({ hasText: 'Pedir que se le deje entrar' });
  await readmit.getByLabel('Razón').fill('Perdió su teléfono en la feria');
  await readmit.getByRole('button').click();
  await expect(ana.getByText('Quedó pedido.')).toBeVisible();
  await ana.goto('/admin/approvals');
  const own = ana.locator('section').filter({ hasText: id });
  await expect(own.getByRole('button', { name: 'Aceptar' })).toHaveCount(0);

  await alberto.goto('/admin/approvals');
  const open = alberto.locator('section').filter({ hasText: id });
  await open.getByRole('button', { name: 'Aceptar' }).click();
  const again = (await alberto.getByTestId('link').textContent()) ?? '';
  await ada.goto(again);
  await ada.getByRole('button', { name: 'Crear mi llave y entrar' }).click();
  await expect(ada).toHaveURL('/admin');

  // T11: the role goes, and with it the session, at once.
  await ana.goto(`/admin/people/${id}`);
  await ana.getByLabel('Administración', { exact: true }).uncheck();
  await ana.getByLabel('Auditoría externa', { exact: true }).check();
  await ana.locator('#roles-reason').fill('Pasa a la auditoría');
  await ana.getByRole('button', { name: 'Cambiar los cargos' }).click();
  await expect(ana.getByText('Los cargos cambiaron.').first()).toBeVisible();
  await ada.goto('/admin');
  await expect(ada).toHaveURL('/ingresar');
  for (const page of [ana, alberto, ada]) await page.context().close();
});

test('an open session is not enough for a dangerous act: the key is touched again', async ({
  browser,
  watch,
}) => {
  const id = `eva-${Date.now().toString(36)}`;
  const ana = await signedIn(browser, watch, 'demo-admin');
  const alberto = await signedIn(browser, watch, 'demo-admin-2');
  const link = await inviteByTwo(ana, alberto, id);
  const context = watch.over(await browser.newContext({ viewport: PHONE }));
  const eva = await context.newPage();
  await withAuthenticator(eva);
  await eva.goto(link);
  await eva.getByRole('button', { name: 'Crear mi llave y entrar' }).click();
  await expect(eva).toHaveURL('/admin');
  // Just signed in with the key: the forms are there.
  await eva.goto('/admin/people');
  await expect(eva.getByRole('button', { name: 'Invitar' })).toBeVisible();
  // Six minutes later somebody else sits down at the screen, with the form still open.
  await withRegistry(
    (sql) =>
      sql`update staff_session set verified_at = now() - interval '6 minutes' where staff_id = ${id}`,
  );
  await eva.getByLabel('Nombre y apellidos').fill('Ladrona Audaz');
  await eva.getByLabel('Correo').fill(`ladrona-${id}@example.pe`);
  await eva.getByLabel('Nombre corto').fill(`ladrona-${id}`);
  await eva.getByLabel('Administración', { exact: true }).check();
  await eva.getByRole('button', { name: 'Invitar' }).click();
  await expect(eva).toHaveURL(/\/cuenta\/confirmar\?volver=/);
  await expectAccessible(eva);
  await expectNoSidewaysScroll(eva);
  const [added] = await withRegistry(
    (sql) => sql`select count(*)::int as n from staff where id = ${`ladrona-${id}`}`,
  );
  expect(added?.['n']).toBe(0);
  await visit(eva, '/admin/people');
  await expect(eva.getByRole('button', { name: 'Invitar' })).toHaveCount(0);
  await eva.getByRole('button', { name: 'Confirmar con mi llave' }).click();
  await expect(eva.getByRole('button', { name: 'Invitar' })).toBeVisible();

  // Her sessions, one by one: another device's is ended, this one stays.
  const other = await cookieOf(id);
  await visit(eva, '/cuenta');
  await expectNoSidewaysScroll(eva);
  await eva.getByRole('button', { name: 'Cerrar esta sesión' }).first().click();
  await expect(eva.getByRole('button', { name: 'Cerrar esta sesión' })).toHaveCount(0);
  const site = stackEnv()['MINKA_SITE_URL'] ?? '';
  expect((await ask(`${site}/admin`, { cookie: other })).status).toBe(307);
  await eva.goto('/admin');
  await expect(eva).toHaveURL('/admin');
  for (const page of [ana, alberto, eva]) await page.context().close();
});
