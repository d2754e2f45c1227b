import { demoResident } from '@/db/seed/roll';
import { DISTRICTS } from '@/db/seed/districts';
import { enterAs } from '../support/people';
import {
  expect,
  expectAccessible,
  expectNoSidewaysScroll,
  test,
  told,
  visit,
} from '../support/test';

/** Residents of the demonstration whom no other test plays. */
const KNOWN = [1490, 1491, 1492].map(demoResident);
const nameOf = (code: string) => DISTRICTS.find((one) => one.code === code)?.name ?? '';

/** As a municipality's program writes it: Latin-1, semicolons; nobody new, one new phone, three mistakes. */
function rollFile(): Buffer {
  const rows = KNOWN.map(
    (one, index) =>
      `${one.dni};${nameOf(one.districtCode).toUpperCase()};${index === 0 ? '999 111 222' : one.phone};Peña Ñahui;Juana`,
  );
  const wrong = ['9900;El Tambo;;Sin;Cifras', '99001999;Atlántida;;Sin;Distrito'];
  const head = 'Nro. DNI;Distrito;Teléfono;Apellidos;Nombres';
  return Buffer.from([head, ...rows, ...wrong, rows[0], ''].join('\r\n'), 'latin1');
}

test('an officer uploads a roll, says its columns, sees what changes, and a second person accepts it', async ({
  page,
  browser,
  watch,
}) => {
  await enterAs(page, 'demo-officer');
  await visit(page, '/admin/roll');
  const file = page.getByLabel('Archivo del padrón');
  const send = page.getByRole('button', { name: 'Subir el archivo' });

  await send.click();
  await expect(told(page, 'alert')).toContainText('Elige el archivo del padrón.');
  await file.setInputFiles({
    name: 'padron.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from('%PDF-1.7 …'),
  });
  await send.click();
  await expect(told(page, 'alert')).toContainText('Es un PDF.');

  await page.goto('/admin/roll');
  await file.setInputFiles({ name: 'padron.csv', mimeType: 'text/csv', buffer: rollFile() });
  await send.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Qué es cada columna' })).toBeVisible();
  await expect(page.getByText('Texto separado por puntos y comas, en Latin-1')).toBeVisible();
  await expect(page.getByLabel('DNI', { exact: true })).toHaveValue('0');
  await expect(page.getByLabel('Celular', { exact: true })).toHaveValue('2');
  await expectAccessible(page);
  await page.getByLabel('Distrito', { exact: true }).selectOption('0');
  await page.getByRole('button', { name: 'Leer las filas' }).click();
  await expect(told(page, 'alert')).toContainText('no pueden ser la misma columna');
  await page.getByLabel('Distrito', { exact: true }).selectOption('1');
  await page.getByLabel(/^Solo una parte/).check();
  await page.getByRole('button', { name: 'Leer las filas' }).click();

  await expect(page.getByRole('heading', { name: 'Qué cambia' })).toBeVisible();
  const figure = (name: string) =>
    page
      .locator('dt', { hasText: new RegExp(`^${name}$`) })
      .locator('xpath=following-sibling::dd[1]');
  await expect(figure('Entran')).toHaveText('0');
  await expect(figure('Salen')).toHaveText('0');
  await expect(figure('Cambian de celular')).toHaveText('1');
  await expect(page.getByText('El distrito no es de la provincia.')).toBeVisible();
  await expectAccessible(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoSidewaysScroll(page);
  await page.setViewportSize({ width: 1280, height: 800 });

  const report = await page.request.get(`${page.url()}/report`);
  expect(report.headers()['content-type']).toBe('text/csv; charset=utf-8');
  const lines = (await report.text()).split('\r\n');
  expect(lines[0]).toContain('"fila","resultado","motivo","Nro. DNI","Distrito"');
  expect(lines.slice(1, 4).map((line) => line.split(',').slice(0, 2))).toEqual([
    ['"5"', '"rechazada"'],
    ['"6"', '"rechazada"'],
    ['"7"', '"rechazada"'],
  ]);
  expect(lines[2]).toContain('"Atlántida"');

  await page.getByLabel('Razón').fill('Padrón de prueba de noviembre');
  await page.getByRole('button', { name: 'Proponer este padrón' }).click();
  await expect(page.getByText('Falta la segunda persona')).toBeVisible();

  const other = await watch.over(await browser.newContext()).newPage();
  await enterAs(other, 'demo-admin');
  await other.goto('/admin/approvals');
  const matter = other.locator('section').filter({ hasText: 'Padrón de prueba de noviembre' });
  await matter.getByRole('button', { name: 'Aceptar' }).click();
  await expect(other.getByText('Se aceptó')).toBeVisible();
  await other.context().close();

  await expect(async () => {
    await page.reload();
    await expect(page.getByText('Ya es el padrón', { exact: true }).first()).toBeVisible({
      timeout: 1000,
    });
  }).toPass();
  await page.goto('/admin/roll');
  await expect(page.getByRole('link', { name: 'Con un archivo' }).first()).toBeVisible();
});

test('one person is proposed with a reason, seen by the second person, and taken back', async ({
  page,
  browser,
  watch,
}) => {
  await enterAs(page, 'demo-officer');
  await page.setViewportSize({ width: 360, height: 740 });
  for (const path of ['/admin/roll', '/admin/roll/phones', '/admin/roll/add']) {
    await visit(page, path);
    await expectNoSidewaysScroll(page);
  }
  await page.getByRole('button', { name: 'Pedir el visto bueno' }).click();
  const summary = told(page, 'alert').filter({ hasText: 'Falta algo' });
  await expect(summary).toContainText('Escribe las ocho cifras del DNI.');
  await expect(summary).toBeFocused();
  await page.getByLabel('DNI').fill('98 76 54 98');
  await page.getByLabel('Distrito').selectOption('120114');
  await page.getByLabel('Razón').fill('Faltó en el archivo');
  await page.getByRole('button', { name: 'Pedir el visto bueno' }).click();
  // Also when a run before this one was cut.
  await expect(told(page, 'alert').or(told(page, 'status'))).toContainText(/Ya se pidió|Propuesto/);

  await page.goto('/admin/roll');
  const waiting = page.locator('section').filter({ hasText: 'Personas por agregar' });
  await waiting.getByRole('link', { name: 'El Tambo' }).click();
  await expect(page.getByText('Faltó en el archivo')).toBeVisible();
  await expect(page.getByText('98765498')).toBeHidden();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);

  const other = await watch.over(await browser.newContext()).newPage();
  await enterAs(other, 'demo-admin');
  await other.goto(page.url());
  await other.getByRole('button', { name: 'Ver DNI, nombre y celular' }).click();
  await expect(other.getByText('98765498')).toBeVisible();
  await expectAccessible(other);
  await other.context().close();

  await page.getByText('Retirar mi pedido').first().click();
  await page.locator('form').getByRole('button', { name: 'Retirar mi pedido' }).click();
  await expect(page.getByText('No entró al padrón')).toBeVisible();
});
