import type { Locator, Page } from '@playwright/test';
import { expectStep, receiptOf } from '../support/booth';
import { codeFor, residentOf } from '../support/people';
import { openedRound } from '../support/rounds';
import { expect, test } from '../support/test';

const CHILCA = '120107';
const FARTHEST = 250;

/** Walks with the tabulator until the target has the focus; what cannot be reached fails. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let step = 0; step < FARTHEST; step += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`The keyboard does not reach ${String(target)}`);
}

async function press(page: Page, target: Locator, key = 'Enter'): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press(key);
}

test('a vote is cast with the keyboard alone, and the focus is never lost', async ({ page }) => {
  const { id: round } = await openedRound({
    id: 'e2e-teclado',
    allocates: ['province', CHILCA],
  });
  const resident = residentOf(CHILCA, 12);
  // The message is read on another screen; everything on this one is typed.
  const code = await codeFor(page, round, resident);
  await page.goto(`/votar/${round}/codigo`);
  await tabTo(page, page.getByLabel('Código de seis números'));
  await page.keyboard.type(code);
  await page.keyboard.press('Enter');

  await expectStep(page, 'Activa tu voto');
  await press(page, page.getByRole('button', { name: 'Activar mi voto' }));
  await expectStep(page, 'Tu voto está activado');
  await press(page, page.getByRole('button', { name: 'Empezar a elegir' }));

  await expect(page.getByText('Paso 1 de 3')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  const add = page.getByRole('button', { name: /^Poner en mi lista/ });
  await press(page, add.first());
  await press(page, add.first(), 'Space');
  const list = page.getByRole('region', { name: /^Tu lista/ });
  await press(page, list.getByRole('button', { name: /^Bajar/ }).first());
  // The button that moved keeps the focus, so that it can be pressed again.
  await expect(list.getByRole('button', { name: /^Bajar/ }).nth(1)).toBeFocused();
  await press(page, page.getByRole('button', { name: 'Continuar', exact: true }));

  await expect(page.getByText('Paso 2 de 3')).toBeVisible();
  await press(page, page.locator('fieldset').getByRole('checkbox').first(), 'Space');
  await expect(page.locator('fieldset').getByRole('checkbox').first()).toBeChecked();
  await press(page, page.getByRole('button', { name: 'Continuar', exact: true }));

  await expect(page.getByText('Paso 3 de 3')).toBeVisible();
  await press(page, page.getByLabel('Dejar en blanco'), 'Space');
  await press(page, page.getByRole('button', { name: 'Revisar mi voto' }));

  await expectStep(page, 'Revisa tu voto');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await press(page, page.getByRole('link', { name: /^Cambiar/ }).nth(2));
  await expect(page.getByText('Paso 3 de 3')).toBeVisible();
  await press(page, page.getByRole('button', { name: 'Revisar mi voto' }));
  await press(page, page.getByRole('button', { name: 'Enviar mi voto' }));
  await receiptOf(page);
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
});

test('the focus is never hidden behind the bar at the bottom', async ({ page }) => {
  const { id: round } = await openedRound({
    id: 'e2e-foco',
    allocates: ['province'],
  });
  const code = await codeFor(page, round, residentOf(CHILCA, 13));
  await page.getByLabel('Código de seis números').fill(code);
  await page.getByRole('button', { name: 'Comprobar el código' }).click();
  await press(page, page.getByRole('button', { name: 'Activar mi voto' }));
  await press(page, page.getByRole('button', { name: 'Empezar a elegir' }));
  await expect(page.getByText('Paso 1 de 2')).toBeVisible();
  const next = page.getByRole('button', { name: 'Continuar', exact: true });
  for (let step = 0; step < FARTHEST; step += 1) {
    await page.keyboard.press('Tab');
    if (await next.evaluate((element) => element === document.activeElement)) return;
    const hidden = await page.evaluate(() => {
      const focused = document.activeElement?.getBoundingClientRect();
      const bar = document.querySelector('[role=status]')?.parentElement?.parentElement;
      return focused && bar ? focused.bottom - bar.getBoundingClientRect().top : 0;
    });
    expect(hidden).toBeLessThanOrEqual(0);
  }
  throw new Error('The keyboard never came to the end of the page');
});
