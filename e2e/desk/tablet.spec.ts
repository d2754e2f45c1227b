import { readFile } from 'node:fs/promises';
import type { Browser, Page } from '@playwright/test';
import { answerAll, ballotsIn, boxUrl, expectStep, send } from '../support/booth';
import { enterAs, identify, residentOf, verify } from '../support/people';
import { openedRound } from '../support/rounds';
import {
  expect,
  expectAccessible,
  expectNoSidewaysScroll,
  test,
  told,
  visit,
  type Watch,
} from '../support/test';

const TAMBO = '120114';
const OFFICER = 'demo-officer';

/** A tablet of its own device, signed in as an officer, prepared for these DNIs and loaded. */
async function loadedTablet(
  { browser, watch }: { browser: Browser; watch: Watch },
  round: string,
  dnis: readonly string[],
): Promise<{ page: Page; id: string; key: string }> {
  const context = watch.over(await browser.newContext({ viewport: { width: 800, height: 1280 } }));
  const page = await context.newPage();
  await enterAs(page, OFFICER);
  await visit(page, '/desk/tablets/new');
  await page.getByLabel('Votación').selectOption(round);
  await page.getByLabel('Lugar').fill('Local comunal de Cochas Chico');
  await page.getByLabel('DNI de quienes van a ir').fill(dnis.join('\n'));
  await page.getByRole('button', { name: 'Reservar y preparar' }).click();
  await expect(told(page, 'status').or(page.getByText('La tableta está preparada'))).toBeVisible();
  const id = (await page.getByText(/^T-[0-9A-Z]{4}$/).textContent()) ?? '';
  await page.getByRole('link', { name: 'Ir a la tableta' }).click();
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Abrir en este equipo' }).click();
  await expectStep(page, 'Cargar la tableta para Local comunal de Cochas Chico');
  await expectAccessible(page);
  const key = (await page.getByTestId('table-key').textContent()) ?? '';
  expect(key).toMatch(/^(\w{4}-){3}\w{4}$/);
  await page.getByLabel('Escribe la clave que anotaron').fill('246810');
  await page.getByRole('button', { name: 'Cargar la tableta' }).click();
  await expect(page.getByText('Esa no es la clave. Escríbela otra vez')).toBeVisible();
  await page.getByLabel('Escribe la clave que anotaron').fill(key.toLowerCase());
  await page.getByRole('button', { name: 'Cargar la tableta' }).click();
  await expectStep(page, 'Local comunal de Cochas Chico');
  // The page itself is kept before anybody leaves for the hall.
  await expect
    .poll(() =>
      page.evaluate(async () => (await (await caches.open('minka-tablet')).keys()).length),
    )
    .toBeGreaterThan(3);
  return { page, id, key };
}

async function unlock(page: Page, key: string): Promise<void> {
  await page.getByLabel('Clave de la mesa').fill(key);
  await page.getByRole('button', { name: 'Abrir' }).click();
}

/** The officer finds the person, who votes and writes the code down. */
async function voteOn(page: Page, key: string, dni: string): Promise<string> {
  await page.getByLabel('Número de DNI').fill(dni);
  await page.getByRole('button', { name: 'Buscar' }).click();
  await expectStep(page, 'Puede votar');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Empezar a votar' }).click();
  await answerAll(page);
  await send(page);
  await expectStep(page, 'Tu voto está en la urna de la tableta');
  await expectAccessible(page);
  const code = (await page.getByTestId('receipt').textContent()) ?? '';
  await page.getByRole('button', { name: 'Ya lo anoté' }).click();
  await page.getByLabel('Los cuatro últimos de la clave').fill(key.slice(-4));
  await page.getByRole('button', { name: 'Abrir' }).click();
  return code;
}

async function closeTablet(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Cerrar la tableta' }).click();
  await page.getByRole('button', { name: 'Sí, cerrar y sacar el acta' }).click();
  await expectStep(page, 'La tableta está cerrada');
  await expectAccessible(page);
}

test('an assembly votes on a tablet without a network, and everything comes home once', async ({
  browser,
  page: phone,
  watch,
}) => {
  test.setTimeout(240_000);
  const { id: round } = await openedRound({ id: 'e2e-tableta', minGroup: 3 });
  const [ana, beto, carla] = [100, 101, 102].map((nth) => residentOf(TAMBO, nth));
  if (!ana || !beto || !carla) throw new Error('The roll is too short');
  const { page, id, key } = await loadedTablet(
    { browser, watch },
    round,
    [ana, beto, carla].map(({ dni }) => dni),
  );

  // Whoever is reserved cannot take the right on a phone meanwhile.
  await identify(phone, round, carla);
  await expectStep(phone, 'Tu voto ya se activó en otro lugar');

  await page.context().setOffline(true);
  await page.reload();
  await unlock(page, key);
  await expectStep(page, 'Local comunal de Cochas Chico');
  await expectNoSidewaysScroll(page);
  const codes = [await voteOn(page, key, ana.dni), await voteOn(page, key, beto.dni)];
  await page.getByLabel('Número de DNI').fill(ana.dni);
  await page.getByRole('button', { name: 'Buscar' }).click();
  await expect(page.getByText('Esta persona ya votó en esta tableta.')).toBeVisible();
  await page.getByLabel('Número de DNI').fill(residentOf(TAMBO, 103).dni);
  await page.getByRole('button', { name: 'Buscar' }).click();
  await expect(page.getByText('Esta persona no está en la lista')).toBeVisible();
  await closeTablet(page);
  await page.getByRole('button', { name: 'Sincronizar' }).click();
  await expect(page.getByText('No hay internet. Los votos siguen aquí')).toBeVisible();
  expect(await ballotsIn(phone, round)).toBe(0);

  await page.context().setOffline(false);
  // Cut after the first ballot: the same button goes on.
  let casts = 0;
  await page.route('**/v1/ballots', async (route) => {
    if (route.request().method() === 'POST') casts += 1;
    await (casts === 2 ? route.abort() : route.continue());
  });
  await page.getByRole('button', { name: 'Sincronizar' }).click();
  await expect(page.getByText('No hay internet. Los votos siguen aquí')).toBeVisible();
  await page.unroute('**/v1/ballots');
  await page.getByRole('button', { name: 'Sincronizar' }).click();
  await expect(page.getByText('Esta tableta ya volvió')).toBeVisible();
  expect(await ballotsIn(phone, round)).toBe(2);
  for (const code of codes) {
    const answer = await phone.request.get(`${boxUrl()}/v1/rounds/${round}/receipts/${code}`);
    expect(await answer.json()).toMatchObject({ recorded: true });
  }

  // Who did not come is free to vote on a phone.
  await phone.context().clearCookies();
  await verify(phone, round, carla);
  await expectStep(phone, 'Tu voto está activado');
  await page.goto(`/desk/tablets/${id}`);
  await expect(page.getByText('Sus votos están en la urna.')).toBeVisible();
  await expectAccessible(page);
  await page.context().close();
});

test('a tablet comes home by file, and a file that was touched does not', async ({
  browser,
  page: office,
  watch,
}) => {
  test.setTimeout(240_000);
  const { id: round } = await openedRound({ id: 'e2e-tableta-archivo', minGroup: 3 });
  const people = [110, 111].map((nth) => residentOf(TAMBO, nth));
  const { page, id, key } = await loadedTablet(
    { browser, watch },
    round,
    people.map(({ dni }) => dni),
  );
  await page.context().setOffline(true);
  await voteOn(page, key, people[0]?.dni ?? '');
  await closeTablet(page);
  await page.getByRole('button', { name: 'Preparar el archivo' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Guardar el archivo' }).click(),
  ]);
  const text = await readFile(await download.path(), 'utf8');

  await enterAs(office, OFFICER);
  await visit(office, `/desk/tablets/${id}`);
  const give = (content: string) =>
    office.getByLabel('Archivo de la tableta').setInputFiles({
      name: 'tableta.json',
      mimeType: 'application/json',
      buffer: Buffer.from(content),
    });
  await give(text.slice(0, text.length / 2));
  await expect(office.getByText('El archivo está cortado')).toBeVisible();
  await give(text.replace(/\\"n\\":1/, '\\"n\\":2'));
  await expect(office.getByText('alguien lo cambió')).toBeVisible();
  await expectAccessible(office);
  await give(text);
  await office.getByRole('button', { name: 'Sincronizar' }).click();
  await expect(office.getByText('Sus votos están en la urna.')).toBeVisible();
  expect(await ballotsIn(office, round)).toBe(1);
  await page.context().close();
});

test('whoever waited for a lost tablet votes elsewhere once two people say so', async ({
  browser,
  page: phone,
  watch,
}) => {
  test.setTimeout(240_000);
  const { id: round } = await openedRound({ id: 'e2e-tableta-perdida', minGroup: 3 });
  const [dina, elmer] = [120, 121].map((nth) => residentOf(TAMBO, nth));
  if (!dina || !elmer) throw new Error('The roll is too short');
  const { page, id } = await loadedTablet({ browser, watch }, round, [dina.dni, elmer.dni]);
  await page.context().close();

  const office = async (person: string): Promise<Page> => {
    const context = watch.over(await browser.newContext());
    const opened = await context.newPage();
    await enterAs(opened, person);
    return opened;
  };
  const ana = await office('demo-admin');
  // She gives tablets up: her own menu leads there.
  await visit(ana, '/admin');
  await ana.getByRole('link', { name: 'Mesa', exact: true }).click();
  await expect(ana).toHaveURL(/\/desk\/tablets$/);
  await ana.getByRole('link', { name: 'Administración', exact: true }).click();
  await expect(ana).toHaveURL(/\/admin$/);
  await visit(ana, `/desk/tablets/${id}`);
  await ana.getByLabel('DNI de la hoja de asistencia').fill(elmer.dni);
  await ana.getByLabel('Qué pasó con la tableta').fill('Se cayó al río Shullcas');
  await ana.getByRole('button', { name: 'Dar por perdida' }).click();
  await expect(ana.getByText('1 persona sigue reservada')).toBeVisible();
  await expect(ana.getByText('una misma persona contaría dos veces')).toBeVisible();
  await expectAccessible(ana);
  await identify(phone, round, dina);
  await expectStep(phone, 'Tu voto ya se activó en otro lugar');

  await ana.getByLabel('Cómo sabes que nadie va a usar la tableta').fill('La vimos hundirse');
  await ana.getByRole('button', { name: 'Pedir que queden libres' }).click();
  await expect(ana.getByText('Falta el visto bueno de otra persona')).toBeVisible();
  const alberto = await office('demo-admin-2');
  await visit(alberto, '/admin/approvals');
  await alberto
    .locator('section', { hasText: id })
    .getByRole('button', { name: 'Aceptar' })
    .click();
  await expect(told(alberto, 'status').first()).toContainText('Se aceptó');

  await phone.context().clearCookies();
  await verify(phone, round, dina);
  await expectStep(phone, 'Tu voto está activado');
  for (const each of [ana, alberto]) await each.context().close();
});
