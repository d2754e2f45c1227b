import { limaField, showWhoIAm } from '../support/padron';
import { enterAs, openPhone, residentOf } from '../support/people';
import { expect, expectAccessible, test, told, visit } from '../support/test';

const EL_TAMBO = '120114';
const HOURS_AGO = -50;

test('a request about one’s data is answered with its reason, and its person reads it', async ({
  page,
  browser,
  watch,
}) => {
  const phone = await openPhone(browser, watch);
  const resident = residentOf(EL_TAMBO, 35);
  await phone.goto('/padron?para=datos');
  await showWhoIAm(phone, resident);
  await phone.getByLabel('Qué pides').selectOption({ label: 'Borrar mis datos' });
  await phone.getByLabel('Explica qué quieres').fill('Ya no quiero que tengan mi celular');
  await phone.getByRole('button', { name: 'Enviar mi pedido' }).click();
  const number = await phone.getByTestId('number').first().innerText();

  await enterAs(page, 'demo-officer');
  await visit(page, '/admin/privacy');
  await page.getByRole('link', { name: number }).click();
  await expect(page.getByText('Ya no quiero que tengan mi celular')).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel('Decisión').selectOption({ label: 'Aceptado' });
  await page.getByLabel('Respuesta y razón').fill('Borramos tu celular. Vota en la mesa.');
  await page.getByRole('button', { name: 'Enviar la respuesta' }).click();
  await expect(page.getByRole('rowheader', { name: 'Aceptado' })).toBeVisible();
  // Its sessions ended with it: the phone knows nobody any more.
  await phone.goto('/privacidad/mis-datos');
  await expect(phone).toHaveURL('/padron?para=datos');
  await phone.context().close();
});

test('an incident past its 48 hours is told on the first page until the authority knows', async ({
  page,
}) => {
  await enterAs(page, 'demo-admin');
  await visit(page, '/admin/privacy/incidents/new');
  await page.getByRole('button', { name: 'Anotar el incidente' }).click();
  await expect(told(page, 'alert')).toBeVisible();
  await page.getByLabel('Qué pasó').fill('Se perdió una tableta de prueba');
  await page.getByLabel('Cuándo se conoció').fill(limaField(HOURS_AGO));
  await page.getByLabel('Qué datos').fill('Huellas de DNI de un barrio');
  await page.getByLabel('Cuántas personas').fill('120');
  await page.getByLabel('Qué se hizo').fill('Se dio de baja la tableta');
  await page.getByRole('button', { name: 'Anotar el incidente' }).click();
  await expect(told(page, 'alert')).toContainText('Pasaron las 48 horas');
  await expectAccessible(page);
  const incident = new URL(page.url()).pathname;
  await page.goto('/admin');
  await expect(page.locator(`a[href="${incident}"]`)).toBeVisible();
  await page.locator(`a[href="${incident}"]`).click();
  await page.getByRole('button', { name: 'Anotar que se avisó a la Autoridad ahora' }).click();
  await expect(page.getByRole('heading', { name: 'Cerrar el incidente' })).toBeVisible();
  await page.goto('/admin');
  await expect(page.locator(`a[href="${incident}"]`)).toHaveCount(0);
});

test('an agent registered at the desk is accredited by somebody else and stands in public without DNI', async ({
  page,
}) => {
  const organisation = `Junta de prueba ${Date.now().toString(36)}`;
  const { dni } = residentOf(EL_TAMBO, 36);
  await enterAs(page, 'demo-officer');
  await visit(page, '/admin/agents/new');
  await page.getByLabel('DNI', { exact: true }).fill(dni);
  await page.getByLabel('Apellidos y nombres').fill('=QUISPE ROJAS, JUANA');
  await page.getByLabel('Nombre de la organización').fill(organisation);
  await page.getByLabel('Tipo de organización').selectOption({ index: 1 });
  await page.getByLabel('Distrito de la organización').selectOption({ label: 'El Tambo' });
  await page.getByLabel('Número de la constancia').fill('C-77');
  await page.getByLabel('Fecha de la constancia').fill('2026-10-03');
  await page.getByLabel('Acepto').check();
  await page.getByRole('button', { name: 'Guardar la inscripción' }).click();
  await expect(told(page, 'status')).toContainText('A-');
  await page.getByRole('row', { name: organisation }).getByRole('link').click();
  await expect(page.getByText('La recibiste tú')).toBeVisible();
  const registration = page.url();
  await enterAs(page, 'demo-admin');
  await page.goto(registration);
  await page.getByLabel('Decisión').selectOption({ label: 'Acreditar' });
  await page.getByLabel('Razón').fill('Constancia cotejada con la lista');
  await page.getByRole('button', { name: 'Guardar la decisión' }).click();
  await expect(page.getByRole('cell', { name: 'Acreditada' })).toBeVisible();
  await visit(page, '/agentes');
  await expect(page.getByRole('cell', { name: organisation })).toBeVisible();
  const file = await page.request.get('/agentes/lista.csv');
  const text = await file.text();
  expect(text).toContain(`"'=QUISPE ROJAS, JUANA","${organisation}"`);
  expect(text).not.toContain(dni);
  expect(file.headers()['content-disposition']).toContain('attachment');
});

test('what the law asks to show is there for staff and for everybody', async ({ page }) => {
  await enterAs(page, 'demo-admin');
  await visit(page, '/admin/privacy/register');
  await visit(page, '/privacidad');
  await expect(page.getByRole('heading', { name: 'Nuestros bancos de datos' })).toBeVisible();
  await expect(page.getByText('en 10 si pides corregirlos')).toBeVisible();
});
