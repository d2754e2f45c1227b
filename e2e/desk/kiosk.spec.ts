import type { Page } from '@playwright/test';
import {
  answerAll,
  castAttempts,
  expectStep,
  goOn,
  rankRows,
  receiptOf,
  send,
} from '../support/booth';
import { becomeKiosk, codeShown, openDevice, openShift } from '../support/desk';
import { codeFor, enterAs, openPhone, residentOf, verify } from '../support/people';
import { openedRound } from '../support/rounds';
import {
  expect,
  expectAccessible,
  expectNoSidewaysScroll,
  test,
  told,
  visit,
} from '../support/test';

/** At the officer's screen: DNI, checked, to the kiosk; the code that is to be typed there. */
async function handOver(page: Page, round: string, dni: string, kiosk: string): Promise<string> {
  await page.goto(`/desk/people/${round}`);
  await page.getByLabel('Número de DNI').fill(dni);
  await page.keyboard.press('Enter');
  await page.getByLabel('Vi su DNI físico').check();
  await page.getByLabel('Cabina', { exact: true }).selectOption({ label: kiosk });
  await page.getByRole('button', { name: 'Pasar a la cabina' }).click();
  return codeShown(page);
}

async function enterBooth(kiosk: Page, code: string): Promise<void> {
  await kiosk.getByLabel('Código de la mesa').fill(code);
  await kiosk.getByRole('button', { name: 'Abrir la cabina' }).click();
  await expectStep(kiosk, 'Estás a solas con tu voto');
}

/** Everything a browser can have kept: stores, cookies, what the window shows. */
async function leftBehind(kiosk: Page): Promise<Record<string, unknown>> {
  const stores = await kiosk.evaluate(async () => {
    const kept: Record<string, unknown[]> = {};
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name ?? '');
        request.onsuccess = () => {
          resolve(request.result);
        };
        request.onerror = () => {
          reject(new Error('IndexedDB'));
        };
      });
      for (const store of database.objectStoreNames) {
        kept[store] = await new Promise((resolve) => {
          const all = database.transaction(store).objectStore(store).getAll();
          all.onsuccess = () => {
            resolve(all.result as unknown[]);
          };
        });
      }
      database.close();
    }
    return {
      rows: Object.values(kept).flat().length,
      local: localStorage.length,
      session: sessionStorage.length,
    };
  });
  const cookies = (await kiosk.context().cookies()).map(({ name }) => name);
  return { ...stores, voter: cookies.some((name) => name.includes('voter')) };
}

const NOTHING = { rows: 0, local: 0, session: 0, voter: false };

test('a kiosk votes for one person after another and keeps nothing of any', async ({
  page: officer,
  browser,
  watch,
}) => {
  test.setTimeout(360_000);
  const round = (await openedRound({ id: 'cabina', allocates: ['province'], minGroup: 3 })).id;
  const name = `Cabina ${round.slice(-4)}`;
  const kiosk = await openDevice(browser, watch);
  await becomeKiosk(kiosk, name);
  await expectAccessible(kiosk);
  // Nobody is signed in there any more.
  await kiosk.goto('/desk');
  await expect(kiosk).toHaveURL(/\/ingresar$/);
  await kiosk.goto('/kiosco');

  await enterAs(officer, 'demo-officer');
  await openShift(officer);
  await visit(officer, `/desk/people/${round}`);
  const [first, second, third] = [40, 41, 42].map((nth) => residentOf('120114', nth)) as [
    ReturnType<typeof residentOf>,
    ReturnType<typeof residentOf>,
    ReturnType<typeof residentOf>,
  ];

  // A code that is not the visit's opens nothing.
  const code = await handOver(officer, round, first.dni, name);
  await expectAccessible(officer);
  await kiosk.getByLabel('Código de la mesa').fill(code.startsWith('0') ? '999999' : '000000');
  await kiosk.getByRole('button', { name: 'Abrir la cabina' }).click();
  await expect(told(kiosk, 'alert')).toContainText('Ese código no abre esta cabina');

  const casts = castAttempts(kiosk);
  await enterBooth(kiosk, code);
  await expectAccessible(kiosk);
  await expect(officer.getByText('Está votando')).toBeVisible();
  await kiosk.getByRole('button', { name: 'Empezar a elegir' }).click();
  await answerAll(kiosk);
  await send(kiosk);
  const receipt = await receiptOf(kiosk);
  await expectAccessible(kiosk);
  await expect(kiosk.getByRole('button', { name: /Guardar|Copiar/ })).toHaveCount(0);
  await kiosk.getByRole('button', { name: 'Terminar' }).click();
  await expectStep(kiosk, 'Espera a que te llamen');
  await expect.poll(() => leftBehind(kiosk)).toEqual(NOTHING);
  expect(casts).toHaveLength(1);

  // The way back leads to no page of hers, and her address opens nothing.
  await kiosk.goBack();
  await expect(kiosk.getByText(receipt)).toHaveCount(0);
  await kiosk.goto('/kiosco/cabina');
  await expectStep(kiosk, 'Espera a que te llamen');
  await kiosk.getByLabel('Código de la mesa').fill(code);
  await kiosk.getByRole('button', { name: 'Abrir la cabina' }).click();
  await expect(told(kiosk, 'alert')).toContainText('Ese código no abre esta cabina');

  // The officer reads that it is done and nothing else; the right is used.
  await expect(officer.locator('#contenido').getByText('Votó', { exact: true })).toBeVisible();
  await officer.goto(`/desk/people/${round}`);
  await officer.getByLabel('Número de DNI').fill(first.dni);
  await officer.keyboard.press('Enter');
  await expect(officer.getByText('Ya activó su voto en una cabina de la mesa')).toBeVisible();
  await expectAccessible(officer);

  // Her code is checked at the desk.
  await officer.goto(`/desk/people/${round}`);
  await officer.getByLabel('Código de comprobación').fill(receipt);
  await officer.getByRole('button', { name: 'Comprobar' }).click();
  await expect(officer.getByText('Sí: ese voto está en la urna')).toBeVisible();

  // The next person on the same kiosk has a ballot of her own.
  await enterBooth(kiosk, await handOver(officer, round, second.dni, name));
  await kiosk.getByRole('button', { name: 'Empezar a elegir' }).click();
  await answerAll(kiosk, { rows: 1, proposals: 1 });
  await send(kiosk);
  expect(await receiptOf(kiosk)).not.toBe(receipt);
  await kiosk.getByRole('button', { name: 'Terminar' }).click();
  await expectStep(kiosk, 'Espera a que te llamen');
  await expect.poll(() => leftBehind(kiosk)).toEqual(NOTHING);

  // Left alone, the page clears itself; the same person comes back with another code and goes on.
  await kiosk.clock.install();
  await enterBooth(kiosk, await handOver(officer, round, third.dni, name));
  await kiosk.getByRole('button', { name: 'Empezar a elegir' }).click();
  await rankRows(kiosk, 2);
  await kiosk.clock.fastForward('02:31');
  await expectStep(kiosk, '¿Sigues ahí?');
  await expect(kiosk.getByRole('button', { name: /^Quitar de mi lista/ })).toHaveCount(0);
  await kiosk.getByRole('button', { name: 'Sí, sigo votando' }).click();
  await expect(kiosk.getByRole('button', { name: /^Quitar de mi lista/ })).toHaveCount(2);
  await kiosk.clock.fastForward('02:31');
  await expectStep(kiosk, '¿Sigues ahí?');
  await kiosk.clock.fastForward('00:31');
  await expectStep(kiosk, 'Espera a que te llamen');
  await expect(officer.getByText('En pausa: llámala otra vez')).toBeVisible();
  await officer.getByRole('button', { name: 'Dar un código nuevo' }).click();
  await expect(officer.getByTestId('visit-code')).toBeVisible();
  await enterBooth(kiosk, await codeShown(officer));
  await kiosk.getByRole('button', { name: 'Empezar a elegir' }).click();
  await expect(kiosk.getByRole('button', { name: /^Quitar de mi lista/ })).toHaveCount(0);
  await rankRows(kiosk, 1);
  await goOn(kiosk);
  await kiosk.getByLabel('Dejar en blanco').check();
  await goOn(kiosk);
  await send(kiosk);
  await receiptOf(kiosk);
  await kiosk.getByRole('button', { name: 'Terminar' }).click();
  await expectStep(kiosk, 'Espera a que te llamen');
  await expect.poll(() => leftBehind(kiosk)).toEqual(NOTHING);
});

test('who activated on a phone gets no kiosk and no paper, and who took paper activates nowhere', async ({
  page: officer,
  browser,
  watch,
}) => {
  test.setTimeout(240_000);
  const round = (await openedRound({ id: 'derecho', allocates: ['province'], minGroup: 3 })).id;
  const voter = residentOf('120114', 45);
  const phone = await openPhone(browser, watch);
  await verify(phone, round, voter);
  await expectStep(phone, 'Tu voto está activado');

  await enterAs(officer, 'demo-officer');
  await openShift(officer);
  await officer.goto(`/desk/people/${round}`);
  await officer.getByLabel('Número de DNI').fill(voter.dni);
  await officer.keyboard.press('Enter');
  await expect(officer.getByText('Ya activó su voto en un celular')).toBeVisible();
  await expect(officer.getByRole('button', { name: 'Pasar a la cabina' })).toHaveCount(0);

  await officer.goto('/desk/paper');
  const form = officer.locator('form').filter({
    has: officer.locator(`input[name="roundId"][value="${round}"]`),
  });
  await form.getByLabel('Lugar').fill('Coliseo de prueba');
  await form.getByLabel('Grupo de distritos').selectOption('120114');
  await form.getByLabel('Cédulas recibidas').fill('20');
  await form.getByRole('button', { name: 'Abrir la mesa' }).click();
  await expect(officer).toHaveURL(/\/desk\/paper\/[0-9a-f-]{36}$/);
  await expectAccessible(officer);
  await officer.getByLabel('Número de DNI').fill(voter.dni);
  await officer.keyboard.press('Enter');
  await expect(told(officer, 'alert')).toContainText(
    'Esa persona ya activó su voto en un celular. No le des cédula',
  );

  // And the reverse: who takes paper is told so on the phone.
  const onPaper = residentOf('120114', 46);
  await officer.getByLabel('Número de DNI').fill(onPaper.dni);
  await officer.keyboard.press('Enter');
  await expect(officer.getByText('Entrega una cédula y el talón 1')).toBeVisible();
  const other = await openPhone(browser, watch);
  const code = await codeFor(other, round, onPaper);
  await other.getByLabel('Código de seis números').fill(code);
  await other.getByRole('button', { name: 'Comprobar el código' }).click();
  await expectStep(other, 'Tu voto ya se activó en otro lugar');

  await officer.setViewportSize({ width: 360, height: 740 });
  for (const path of ['/desk', `/desk/people/${round}`, '/desk/paper', '/desk/kiosks']) {
    await visit(officer, path);
    await expectNoSidewaysScroll(officer);
  }
});

test('the desk works without JavaScript, and what is sent twice happens once', async ({
  browser,
  watch,
}) => {
  const round = (await openedRound({ id: 'sinjs', allocates: ['province'], minGroup: 3 })).id;
  const name = `Sin JS ${round.slice(-4)}`;
  const device = await openDevice(browser, watch);
  await becomeKiosk(device, name);
  const context = watch.over(await browser.newContext({ javaScriptEnabled: false }));
  const officer = await context.newPage();
  await enterAs(officer, 'demo-officer');
  await openShift(officer);
  await officer.goto(`/desk/people/${round}`);
  await officer.getByLabel('Número de DNI').fill('1234');
  await officer.getByRole('button', { name: 'Buscar en el padrón' }).click();
  await expect(told(officer, 'alert')).toContainText('El DNI tiene ocho números');

  const voter = residentOf('120114', 47);
  await officer.getByLabel('Número de DNI').fill(voter.dni);
  await officer.getByRole('button', { name: 'Buscar en el padrón' }).click();
  const person = officer.url();
  expect(person).not.toContain(voter.dni);
  await officer.getByRole('button', { name: 'Pasar a la cabina' }).click();
  await expect(told(officer, 'alert')).toContainText('Marca que viste el DNI físico');
  const send = async (): Promise<string> => {
    await officer.goto(person);
    await officer.getByLabel('Vi su DNI físico').check();
    await officer.getByLabel('Cabina', { exact: true }).selectOption(
      await officer
        .getByRole('option', { name: new RegExp(`^${name}`) })
        .getAttribute('value')
        .then((value) => value ?? ''),
    );
    await officer.getByRole('button', { name: 'Pasar a la cabina' }).click();
    return codeShown(officer);
  };
  const code = await send();
  expect(await send()).toBe(code);

  await officer.getByLabel('Motivo').fill('Se fue antes de entrar');
  await officer.getByRole('button', { name: 'Terminar la visita' }).click();
  await expect(officer.getByText('Terminó sin votar')).toBeVisible();
  await device.getByLabel('Código de la mesa').fill(code);
  await device.getByRole('button', { name: 'Abrir la cabina' }).click();
  await expect(told(device, 'alert')).toContainText('Ese código no abre esta cabina');
});
