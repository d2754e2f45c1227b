import type { Browser, Page } from '@playwright/test';
import { expectStep } from './booth';
import { enterAs } from './people';
import { expect, visit, type Watch } from './test';

/** A device of the desk: its own cookies and stores, like every other computer. */
export async function openDevice(browser: Browser, watch: Watch): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1024, height: 768 } });
  return watch.over(context).newPage();
}

export async function becomeKiosk(page: Page, name: string, officer = 'demo-officer') {
  await enterAs(page, officer);
  await visit(page, '/desk/kiosks');
  await page.getByLabel('Nombre de la cabina').fill(name);
  await page.getByRole('button', { name: 'Usar como cabina' }).click();
  await expectStep(page, 'Espera a que te llamen');
}

/** Opens the officer's shift, unless it is open: without one nobody is looked up. */
export async function openShift(page: Page, place = 'Palacio municipal'): Promise<void> {
  await page.goto('/desk/shifts');
  const field = page.getByLabel('Lugar de atención');
  if ((await field.count()) === 0) return;
  await field.fill(place);
  await page.getByLabel('Equipo').fill('PC 1');
  await page.getByRole('button', { name: 'Abrir mi turno' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/^Turno de|^Turnos de/);
}

export async function codeShown(page: Page): Promise<string> {
  return (await page.getByTestId('visit-code').textContent()) ?? '';
}

/**
 * Alt and a letter, as a keyboard sends it: the letter without modifiers is what an access key is
 * compared with, and page.keyboard leaves it out.
 */
export async function pressAlt(page: Page, letter: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const key = {
    modifiers: 1,
    key: letter,
    code: `Key${letter.toUpperCase()}`,
    windowsVirtualKeyCode: letter.toUpperCase().charCodeAt(0),
    text: letter,
    unmodifiedText: letter,
  };
  await session.send('Input.dispatchKeyEvent', { type: 'keyDown', ...key });
  await session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key });
  await session.detach();
}
