import type { Page } from '@playwright/test';
import { limaField, roundWithList, showWhoIAm } from './support/padron';
import { enterAs, openPhone, residentOf } from './support/people';
import {
  expect,
  expectAccessible,
  expectNoSidewaysScroll,
  hiddenFields,
  test,
  told,
} from './support/test';

test.describe.configure({ mode: 'serial' });

const EL_TAMBO = '120114';
const NOBODY = '99999998';
let round: string;
let challenge: string;
let inclusion: string;

/** The page as a person reads it, once it can be read by everybody. */
async function reads(page: Page): Promise<string> {
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  return page.locator('#contenido').innerText();
}

test('T10: a DNI on the roll and one of nobody get the same answer, status and page', async ({
  page,
  browser,
  watch,
  baseURL,
}) => {
  round = await roundWithList(page, 'e2e-padron');
  const phone = await openPhone(browser, watch);
  const answers: unknown[] = [];
  for (const dni of [residentOf(EL_TAMBO, 30).dni, NOBODY]) {
    await phone.context().clearCookies();
    await phone.goto(`/padron?votacion=${round}`);
    const multipart = {
      ...(await hiddenFields(phone.locator('form:has(#dni)'))),
      dni,
    };
    const posted = await phone.request.post(`/padron?votacion=${round}`, {
      headers: { origin: baseURL ?? '' },
      multipart,
      maxRedirects: 0,
    });
    const cookie = /minka-attempt=([^;]+)/.exec(posted.headers()['set-cookie'] ?? '')?.[1] ?? '';
    await phone.goto(posted.headers()['location'] ?? '');
    answers.push({
      status: posted.status(),
      location: posted.headers()['location'],
      bytes: (await posted.body()).length,
      cookie: cookie.length,
      page: await phone.locator('#contenido').innerText(),
    });
  }
  await reads(phone);
  expect(answers[1]).toEqual(answers[0]);
  expect(answers[0]).toMatchObject({ status: 303 });
  await phone.context().close();
});

test('a resident learns that she is on the roll, sees her data and asks for a correction', async ({
  browser,
  watch,
}) => {
  const phone = await openPhone(browser, watch);
  const resident = residentOf(EL_TAMBO, 31);
  await phone.goto(`/padron?votacion=${round}`);
  expect(await reads(phone)).toContain('Calendario del padrón');
  await phone.getByRole('button', { name: 'Enviarme el código' }).click();
  await expect(told(phone, 'alert')).toContainText('Escribe los números que faltan');
  await showWhoIAm(phone, resident);
  await expect(phone.getByText('Sí, estás en el padrón')).toBeVisible();
  expect(await reads(phone)).toContain('El Tambo');

  await phone.getByRole('link', { name: 'Ver qué sabemos de ti' }).click();
  await expect(phone.getByRole('heading', { level: 1 })).toHaveText('Qué sabemos de ti');
  const held = await reads(phone);
  expect(held).toContain(resident.phone);
  expect(held).toContain('Leíste el aviso de privacidad, versión 1');
  expect(held).not.toContain(resident.dni);
  await phone.getByRole('button', { name: 'Enviar mi pedido' }).click();
  await expect(told(phone, 'alert')).toBeVisible();
  await phone.getByLabel('Qué pides').selectOption({ label: 'Corregir mis datos' });
  await phone.getByLabel('Explica qué quieres').fill('Mi distrito es Chilca desde enero');
  await phone.getByRole('button', { name: 'Enviar mi pedido' }).click();
  await expect(phone.getByText('Recibimos tu pedido')).toBeVisible();
  await expect(phone.locator('#pedidos')).toContainText('En espera');
  await phone.getByRole('button', { name: 'Salir en este celular' }).click();
  await phone.goto('/privacidad/mis-datos');
  await expect(phone).toHaveURL('/padron?para=datos');
  await phone.context().close();
});

test('a challenge goes from a phone by an officer and a second person to its answer', async ({
  page,
  browser,
  watch,
}) => {
  const phone = await openPhone(browser, watch);
  await phone.goto(`/padron?para=tacha&votacion=${round}`);
  await showWhoIAm(phone, residentOf(EL_TAMBO, 32));
  await expect(phone.getByRole('heading', { level: 1 })).toHaveText('Presentar una tacha');
  await reads(phone);
  await phone.getByLabel('DNI de la persona inscrita').fill(residentOf(EL_TAMBO, 33).dni);
  await phone.getByLabel('Motivo').selectOption({ label: 'No vive en la provincia' });
  await phone.getByLabel('Distrito donde crees').selectOption({ label: 'El Tambo' });
  await phone.getByLabel('Qué lo prueba').fill('Vive en Lima desde 2020, según su recibo');
  await phone.getByRole('button', { name: 'Presentar la tacha' }).click();
  challenge = await phone.getByTestId('number').innerText();
  expect(challenge).toMatch(/^T-/);

  await enterAs(page, 'demo-officer');
  await page.goto(`/admin/challenges?votacion=${round}`);
  await expectAccessible(page);
  await page.getByRole('link', { name: challenge }).click();
  await expect(page.getByText('No vive en la provincia')).toBeVisible();
  await page.getByLabel('Decisión').selectOption({ label: 'Aceptar: sale de la lista' });
  await page.getByLabel('Razón').fill('El recibo es de Lima, se cotejó con el registro');
  await page.getByRole('button', { name: 'Guardar la decisión' }).click();
  await expect(page.getByText('Espera a la segunda persona')).toBeVisible();
  await expectAccessible(page);
  await phone.reload();
  await expect(phone.getByText('Motivo:')).toHaveCount(0);

  await enterAs(page, 'demo-admin');
  await page.goto('/admin/approvals');
  await page
    .locator('form')
    .filter({ has: page.getByRole('button', { name: 'Aceptar', exact: true }) })
    .getByRole('button', { name: 'Aceptar', exact: true })
    .first()
    .click();
  await expect(page.getByText('Se aceptó y ya está hecho.')).toBeVisible();
  await phone.goto('/padron/constancia');
  await phone.getByLabel('Número').fill(challenge.toLowerCase().replaceAll('-', ' '));
  await phone.getByRole('button', { name: 'Ver' }).click();
  await expect(phone.getByText('Tu tacha fue aceptada')).toBeVisible();
  expect(await reads(phone)).toContain('El recibo es de Lima');
  await phone.context().close();
});

test('whoever is not on the list asks to be included and gets a number', async ({
  browser,
  watch,
}) => {
  const phone = await openPhone(browser, watch);
  await phone.goto('/padron/inclusion');
  await reads(phone);
  await phone.getByLabel('Tu número de DNI').fill('12345');
  await phone.getByLabel('Tus apellidos y nombres').fill('POMA RÍOS, LUCÍA');
  await phone.getByRole('button', { name: 'Enviar mi pedido' }).click();
  await expect(told(phone, 'alert')).toBeVisible();
  // What can be typed again by nobody else comes back; a DNI does not.
  await expect(phone.getByLabel('Tus apellidos y nombres')).toHaveValue('POMA RÍOS, LUCÍA');
  await expect(phone.getByLabel('Tu número de DNI')).toHaveValue('');
  await phone.getByLabel('Tu número de DNI').fill(NOBODY);
  await phone.getByLabel('Distrito donde vives').selectOption({ label: 'Chilca' });
  await phone.getByLabel('Por qué te corresponde').fill('Vivo en Chilca desde 2018');
  await phone.getByRole('button', { name: 'Enviar mi pedido' }).click();
  await expect(phone.getByTestId('number')).toHaveText(/^P-/);
  inclusion = await phone.getByTestId('number').innerText();
  // Nobody else files for the same DNI meanwhile, also not with other words.
  await phone.goto('/padron/inclusion');
  await phone.getByLabel('Tu número de DNI').fill(NOBODY);
  await phone.getByLabel('Tus apellidos y nombres').fill('OTRA, PERSONA');
  await phone.getByLabel('Distrito donde vives').selectOption({ label: 'Chilca' });
  await phone.getByLabel('Por qué te corresponde').fill('Vivo en Chilca desde 2018');
  await phone.getByRole('button', { name: 'Enviar mi pedido' }).click();
  await expect(told(phone, 'alert')).toContainText('ya hay un pedido en revisión');
  await phone.context().close();
});

test('who decides sees the whole DNI, and a flood of requests is rejected with one reason', async ({
  page,
}) => {
  await enterAs(page, 'demo-officer');
  await page.goto(`/admin/challenges?votacion=${round}`);
  await expect(page.getByText('Rechazar muchos pedidos de una vez')).toHaveCount(0);
  await page.getByRole('link', { name: inclusion }).click();
  await page.getByRole('button', { name: 'Ver el DNI completo' }).click();
  await expect(page.getByTestId('dni')).toHaveText(NOBODY);
  await reads(page);

  await enterAs(page, 'demo-admin');
  await page.goto(`/admin/challenges?votacion=${round}`);
  await page.getByText('Rechazar muchos pedidos de una vez').click();
  await page.getByLabel('Llegaron desde').fill(limaField(-1));
  await page.getByLabel('Y antes de').fill(limaField(1));
  await page.getByLabel('Razón').fill('Llegaron de una sola conexión');
  await page.getByRole('button', { name: 'Rechazarlos' }).click();
  await expect(told(page, 'alert')).toContainText('Es un solo pedido. Escribe 1');
  await expectAccessible(page);
  await page.getByLabel('¿Cuántos son?').fill('1');
  await page.getByRole('button', { name: 'Rechazarlos' }).click();
  await expect(told(page, 'status')).toContainText('Pedidos rechazados');
  await page.goto(`/padron/constancia?numero=${inclusion}`);
  await expect(page.getByText('Llegaron de una sola conexión')).toBeVisible();
});

test('a resident registers as an agent and takes it back before anybody decides', async ({
  browser,
  watch,
}) => {
  const phone = await openPhone(browser, watch);
  await phone.goto('/padron?para=agentes');
  await showWhoIAm(phone, residentOf(EL_TAMBO, 34));
  await phone.getByLabel('Apellidos y nombres').fill('HUAMÁN CRUZ, ELSA');
  await phone.getByLabel('Nombre de la organización').fill('Junta de prueba del río');
  await phone.getByLabel('Tipo de organización').selectOption({ index: 1 });
  await phone.getByLabel('Distrito de la organización').selectOption({ label: 'El Tambo' });
  await phone.getByLabel('Número de la constancia').fill('C-78');
  await phone.getByLabel('Fecha de la constancia').fill('2026-10-03');
  await phone.getByLabel('Acepto').check();
  await phone.getByRole('button', { name: 'Enviar mi inscripción' }).click();
  await expect(phone.getByText('Tu inscripción está en revisión')).toBeVisible();
  await phone.getByText('Retirar mi inscripción').first().click();
  await reads(phone);
  await phone.getByRole('button', { name: 'Retirar mi inscripción' }).click();
  await expect(phone.getByText('Retiraste tu inscripción')).toBeVisible();
  await expect(phone.getByRole('button', { name: 'Enviar mi inscripción' })).toBeVisible();
  await phone.context().close();
});
