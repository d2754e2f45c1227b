import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { dniCheck } from '@/lib/desk/dni-scan';
import { becomeKiosk, codeShown, openDevice, openShift, pressAlt } from '../support/desk';
import { enterAs, residentOf } from '../support/people';
import { openedRound } from '../support/rounds';
import {
  expect,
  expectAccessible,
  expectNoSidewaysScroll,
  test,
  told,
  visit,
} from '../support/test';

const OFFICER = 'demo-officer-3';
const TAMBO = '120114';
const PLACE = 'Local comunal de la cola';
const QUEUE = 20;
/** Residents whom no other test sends to the desk. */
const FIRST = 60;

const dniOf = (nth: number) => residentOf(TAMBO, FIRST + nth).dni;
const turnOf = (page: Page) => page.getByRole('heading', { level: 1 });

/** HTML and every stylesheet that it names, as they travel. */
async function weightOf(page: Page, path: string): Promise<number> {
  const html = await (await page.request.get(path)).text();
  const sheets = [...html.matchAll(/<link[^>]+rel="stylesheet"[^>]*href="([^"]+)"/g)];
  const sizes = await Promise.all(
    sheets.map(
      async ([, href = '']) => gzipSync(await (await page.request.get(href)).body()).length,
    ),
  );
  return gzipSync(html).length + sizes.reduce((sum, size) => sum + size, 0);
}

async function openPaperTable(page: Page, round: string): Promise<void> {
  await page.goto('/desk/paper');
  const form = page.locator('form').filter({
    has: page.locator(`input[name="roundId"][value="${round}"]`),
  });
  await form.getByLabel('Lugar').fill('Local de la cola');
  await form.getByLabel('Grupo de distritos').selectOption(TAMBO);
  await form.getByLabel('Cédulas recibidas').fill('30');
  await form.getByRole('button', { name: 'Abrir la mesa' }).click();
  await expect(page).toHaveURL(/\/desk\/paper\/[0-9a-f-]{36}$/);
}

test('an officer works a queue of twenty by keyboard, and one person comes with help', async ({
  page,
  browser,
  watch,
}) => {
  test.setTimeout(180_000);
  const round = (await openedRound({ id: 'cola', allocates: ['province'], minGroup: 3 })).id;
  const cabin = `Cola ${round.slice(-4)}`;
  await enterAs(page, OFFICER);
  await openShift(page, PLACE);
  await openPaperTable(page, round);
  const kiosk = await openDevice(browser, watch);
  await becomeKiosk(kiosk, cabin, OFFICER);

  await visit(page, '/desk');
  await page.goto(`/desk/people/${round}`);
  // Two Enters a person: one that a barcode reader sends, one that takes the number.
  for (let nth = 0; nth < QUEUE; nth += 1) {
    await expect(page.getByLabel('Número de DNI')).toBeFocused();
    const dni = dniOf(nth);
    await page.keyboard.type(nth % 4 === 0 ? `${dni}${dniCheck(dni).digit}` : dni);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: 'Agregar a la cola' })).toBeFocused();
    if (nth === 4) {
      await expectAccessible(page);
      await pressAlt(page, 'p');
      await expect(page.getByLabel('Atención preferente')).toBeChecked();
      await pressAlt(page, 'a');
    } else await page.keyboard.press('Enter');
    await expect(page.getByText(`Turno ${String(nth + 1)} para el DNI`)).toBeVisible();
  }
  await expect(page.getByRole('heading', { name: 'Esperan 20 personas' })).toBeVisible();
  await expectAccessible(page);
  expect(await weightOf(page, `/desk/people/${round}`)).toBeLessThanOrEqual(40 * 1024);

  // Who is queued already keeps the number.
  await page.keyboard.type(dniOf(0));
  await page.keyboard.press('Enter');
  await expect(page.getByText('Ya tiene el turno 1')).toBeVisible();
  await page.goto(`/desk/people/${round}`);

  // Preferential attention first; she takes paper.
  await pressAlt(page, 'n');
  await expect(turnOf(page)).toHaveText('Turno 5');
  await expect(page.getByRole('button', { name: 'Llegó: atender' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Todavía no usó su voto')).toBeVisible();
  await pressAlt(page, 't');
  await expect(told(page, 'alert')).toContainText('Marca que viste el DNI físico');
  await pressAlt(page, 'x');
  await pressAlt(page, 't');
  await expect(page.getByText('Entrega una cédula y el talón 1')).toBeVisible();

  // The next comes with somebody who reads the screen to her.
  await pressAlt(page, 'n');
  await expect(turnOf(page)).toHaveText('Turno 1');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Todavía no usó su voto')).toBeVisible();
  await pressAlt(page, 'x');
  await page.getByText('Entra con alguien que le ayuda').press('Enter');
  await page.getByLabel('DNI de quien la ayuda').fill('11111111');
  await pressAlt(page, 'c');
  await expect(told(page, 'alert')).toContainText('Elige para qué ayuda');
  await expectAccessible(page);
  await page.getByLabel('Vi su DNI físico').check();
  await page.getByLabel('Cabina', { exact: true }).selectOption({ label: cabin });
  await page.getByLabel('DNI de quien la ayuda').fill('11111111');
  await page.getByLabel('Para qué ayuda').selectOption('reading');
  await page.getByLabel('La persona pidió esta ayuda').check();
  await pressAlt(page, 'c');
  await expect(page.getByText('Código para la cabina')).toBeVisible();
  const code = await codeShown(page);

  // The kiosk says when the network is gone, sends nothing meanwhile, and goes on afterwards.
  await kiosk.context().setOffline(true);
  await expect(kiosk.getByText('Sin conexión')).toBeVisible();
  await kiosk.getByLabel('Código de la mesa').fill(code);
  await kiosk.getByRole('button', { name: 'Abrir la cabina' }).click();
  await expect(kiosk.getByLabel('Código de la mesa')).toHaveValue(code);
  await kiosk.context().setOffline(false);
  await expect(kiosk.getByText('Sin conexión')).toHaveCount(0);
  await kiosk.getByRole('button', { name: 'Abrir la cabina' }).click();
  await expect(kiosk.getByRole('heading', { level: 1 })).toHaveText('Estás a solas con tu voto');

  // Nobody answers: behind the others under the same number. The one after her went home.
  await page.goto(`/desk/people/${round}`);
  await pressAlt(page, 'n');
  await expect(turnOf(page)).toHaveText('Turno 2');
  await pressAlt(page, 'v');
  await expect(turnOf(page)).toHaveText('Cola y atención');
  await pressAlt(page, 'n');
  await expect(turnOf(page)).toHaveText('Turno 3');
  await pressAlt(page, 's');
  await expect(page.getByRole('heading', { name: 'Esperan 17 personas' })).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: 'llamada una vez' })).toContainText('2');

  // A number to hold, on the roll of a ticket printer.
  await page.getByRole('link', { name: '4', exact: true }).click();
  await expect(turnOf(page)).toHaveText('Turno 4');
  await page.getByRole('link', { name: 'Imprimir el turno' }).click();
  await expectAccessible(page);
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  expect(pdf).toMatch(/\/MediaBox \[0 0 22[67]/);

  await page.setViewportSize({ width: 360, height: 740 });
  for (const path of [`/desk/people/${round}`, '/desk/shifts', '/desk/attendance']) {
    await visit(page, path);
    await expectNoSidewaysScroll(page);
  }
});

test('without JavaScript, attendance is taken and a shift is closed and signed by a second person', async ({
  browser,
  watch,
}) => {
  const enter = async (person: string): Promise<Page> => {
    const context = await browser.newContext({
      javaScriptEnabled: false,
      viewport: { width: 1280, height: 800 },
    });
    const page = await watch.over(context).newPage();
    await enterAs(page, person);
    return page;
  };
  const officer = await enter(OFFICER);
  await openShift(officer, PLACE);

  await officer.goto('/desk/attendance');
  await officer.getByLabel('Nombre').fill('Asamblea de la cola');
  await officer.getByLabel('Lugar').fill(PLACE);
  await officer.getByRole('button', { name: 'Abrir la lista' }).click();
  for (const answer of ['Anotada', 'Esa persona ya estaba anotada']) {
    await officer.getByLabel('Número de DNI').fill(dniOf(QUEUE));
    await officer.getByRole('button', { name: 'Anotar asistencia' }).click();
    await expect(told(officer, 'status')).toContainText(answer);
  }
  await officer.getByLabel('Número de DNI').fill('00000001');
  await officer.getByRole('button', { name: 'Anotar asistencia' }).click();
  await expect(told(officer, 'alert')).toContainText('cuéntala como invitada');
  await officer.getByRole('button', { name: 'Contar una persona invitada' }).click();
  await expect(told(officer, 'status')).toContainText('Contada como invitada');
  await officer.getByRole('link', { name: 'Hoja de asistencia' }).click();
  await expect(officer.getByText('Del padrón: 1 · Invitadas: 1')).toBeVisible();

  await officer.goto('/desk/shifts');
  await officer.getByRole('link', { name: 'Ver o cerrar mi turno' }).click();
  const shift = new URL(officer.url()).pathname;
  await officer.getByLabel('Qué pasó').fill('La impresora se quedó sin papel');
  await officer.getByLabel('De qué se trata').selectOption('equipment');
  await officer.getByRole('button', { name: 'Anotar el incidente' }).click();
  await expect(officer.getByText('La impresora se quedó sin papel')).toBeVisible();
  await officer.getByLabel('Cédulas en blanco que quedan').fill('7');
  await officer.getByRole('button', { name: 'Cerrar mi turno' }).click();
  await expect(told(officer, 'alert')).toContainText('Las cédulas no cuadran');
  await officer.getByLabel('Cédulas en blanco que quedan').fill('7');
  await officer.getByLabel('Nota para quien sigue').fill('Llegaron siete cédulas más tarde');
  await officer.getByRole('button', { name: 'Cerrar mi turno' }).click();
  await expect(officer.getByText('Falta la segunda firma')).toBeVisible();
  await expect(officer.getByRole('button', { name: 'Firmar' })).toHaveCount(0);

  const second = await enter('demo-officer-2');
  await second.goto(shift);
  await second.getByRole('button', { name: 'Firmar como segunda persona' }).click();
  await expect(second.getByText('Segunda firma: Olga Huamán (demo)')).toBeVisible();
  await openShift(officer, PLACE);
  await expect(officer.getByText('Llegaron siete cédulas más tarde')).toBeVisible();

  // This one is left open, and closed by who answers for the desk.
  const administrator = await enter('demo-admin');
  await administrator.goto(new URL(officer.url()).pathname);
  await expect(administrator.getByText('la dará otra persona')).toBeVisible();
  await administrator.getByLabel('Cédulas en blanco que quedan').fill('0');
  await administrator.getByLabel('Motivo').fill('Se fue a las seis y no volvió');
  await administrator.getByRole('button', { name: 'Cerrar este turno' }).click();
  await expect(administrator.getByText('lo dejó abierto y lo cerró')).toBeVisible();
  await expect(administrator.getByText('Falta la segunda firma')).toBeVisible();
  await expect(administrator.getByRole('button', { name: 'Firmar' })).toHaveCount(0);
});
