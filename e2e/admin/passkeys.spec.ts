import { invite, withAuthenticator } from '../support/passkeys';
import { enterAs } from '../support/people';
import {
  expect,
  expectAccessible,
  expectNoSidewaysScroll,
  test,
  told,
  visit,
} from '../support/test';

test('a councillor is invited, makes a passkey, signs in with it and with nothing else', async ({
  page: admin,
  browser,
  watch,
}) => {
  const id = `rosa-${Date.now().toString(36)}`;
  await enterAs(admin, 'demo-admin');
  const link = await invite(admin, id);

  const context = watch.over(await browser.newContext({ viewport: { width: 360, height: 740 } }));
  const rosa = await context.newPage();
  const removeAuthenticator = await withAuthenticator(rosa);
  await rosa.goto(link);
  await expectAccessible(rosa);
  await expectNoSidewaysScroll(rosa);
  await rosa.getByRole('button', { name: 'Crear mi llave y entrar' }).click();
  await expect(rosa).toHaveURL('/council');

  await visit(rosa, '/cuenta');
  await expectNoSidewaysScroll(rosa);
  await rosa.getByRole('button', { name: 'Retirar' }).click();
  await expect(rosa.getByText('Es tu única llave')).toBeVisible();
  await rosa.getByRole('button', { name: 'Salir en todos los equipos' }).click();
  await expect(rosa).toHaveURL('/ingresar');
  await rosa.goto('/council');
  await expect(rosa).toHaveURL('/ingresar');

  await rosa.getByRole('button', { name: 'Entrar con mi llave' }).click();
  await expect(rosa).toHaveURL('/council');

  // The link is spent, and without the passkey there is no way in.
  await context.clearCookies();
  await rosa.goto(link);
  await expect(told(rosa, 'alert')).toContainText('Este enlace ya se usó');
  await removeAuthenticator();
  await withAuthenticator(rosa);
  await rosa.getByRole('button', { name: 'Entrar con mi llave' }).click();
  await expect(rosa.getByText('No se completó.')).toBeVisible();
  await rosa.goto('/council');
  await expect(rosa).toHaveURL('/ingresar');
  await context.close();
});

test('one administrator alone lets nobody in again', async ({ page: admin, browser, watch }) => {
  const id = `rosa-${Date.now().toString(36)}`;
  await enterAs(admin, 'demo-admin');
  const link = await invite(admin, id);
  const context = watch.over(await browser.newContext());
  const rosa = await context.newPage();
  await withAuthenticator(rosa);
  await rosa.goto(link);
  await rosa.getByRole('button', { name: 'Crear mi llave y entrar' }).click();
  await expect(rosa).toHaveURL('/council');

  await visit(admin, `/admin/people/${id}`);
  const readmit = admin.locator('form').filter({ hasText: 'Pedir que se le deje entrar' });
  await readmit.getByLabel('Razón').fill('Perdió su teléfono en la feria');
  await readmit.getByRole('button').click();
  await expect(admin.getByText('Quedó pedido.')).toBeVisible();
  await visit(admin, '/admin/approvals');
  await expect(admin.getByText('Lo tiene que decidir otra persona.').first()).toBeVisible();

  const access = admin.locator('form').filter({ hasText: 'Quitarle la entrada' });
  await admin.goto(`/admin/people/${id}`);
  await access.getByLabel('Razón').fill('Dejó el concejo');
  await access.getByRole('button').click();
  await expect(admin.getByText('Esa persona ya no puede entrar.').first()).toBeVisible();
  // At once, in a session that was open.
  await rosa.goto('/council');
  await expect(rosa).toHaveURL('/ingresar');
  await context.close();
});

test('an answer of WebAuthn is good once, for this site, in its exact shape', async ({
  request,
  baseURL,
}) => {
  const headers = { origin: baseURL ?? '' };
  for (const [path, body] of [
    ['/api/passkeys/sign-in', { response: { id: 'x' } }],
    ['/api/passkeys/sign-in', { response: null, role: 'administrator' }],
    ['/api/passkeys/enrol', { ticket: 'x', name: 'x', response: {} }],
    ['/api/passkeys/sign-in/options', { staffId: 'demo-admin' }],
  ] as const) {
    const response = await request.post(path, { headers, data: body });
    expect(response.status(), path).toBe(422);
  }
  const spent = await request.post('/api/passkeys/enrol/options', {
    headers,
    data: { ticket: 'nunca' },
  });
  expect(spent.status()).toBe(403);
  const foreign = await request.post('/api/passkeys/sign-in/options', {
    headers: { origin: 'https://otro-sitio.example' },
    data: {},
  });
  expect(foreign.status()).toBe(403);
});
