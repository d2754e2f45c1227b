import { expect, type Page, type Request } from '@playwright/test';
import { stackEnv } from './stack';
import { expectAccessible } from './test';

/** What a resident does in the booth, by the words on its buttons. */

export async function expectStep(page: Page, title: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
}

/** The vote is activated: the page is past its opening. */
export async function begin(page: Page): Promise<void> {
  await expectStep(page, 'Tu voto está activado');
  await page.getByRole('button', { name: 'Empezar a elegir' }).click();
}

export async function goOn(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^(Continuar|Revisar mi voto)$/ }).click();
}

/** Puts the first rows on the page in the list. */
export async function rankRows(page: Page, rows: number): Promise<void> {
  for (let row = 0; row < rows; row += 1) {
    await page
      .getByRole('button', { name: /^Poner en mi lista/ })
      .first()
      .click();
  }
  await expect(page.getByRole('button', { name: /^Quitar de mi lista/ })).toHaveCount(rows);
}

/** Ticks proposals from the top of the page, up to as many, as long as the money lasts. */
export async function chooseProposals(page: Page, most: number): Promise<void> {
  const boxes = page.locator('fieldset').getByRole('checkbox');
  const count = await boxes.count();
  let chosen = 0;
  for (let at = 0; at < count && chosen < most; at += 1) {
    await boxes.nth(at).check();
    if (await page.getByText('Te pasaste por').isVisible()) await boxes.nth(at).uncheck();
    else chosen += 1;
  }
  expect(chosen).toBeGreaterThan(0);
}

export async function leaveBlank(page: Page): Promise<void> {
  await page.getByLabel('Dejar en blanco').check();
}

/** Answers every part of the ballot that follows, and stops at the review. */
export async function answerAll(
  page: Page,
  { rows = 3, proposals = 2, accessible = false } = {},
): Promise<void> {
  for (;;) {
    const step = page.getByText(/^Paso \d de \d$/);
    const words = (await step.textContent()) ?? '';
    if (accessible) await expectAccessible(page);
    if (await page.locator('fieldset').isVisible()) await chooseProposals(page, proposals);
    else await rankRows(page, rows);
    if (accessible) await expectAccessible(page);
    await goOn(page);
    if (/^Paso (\d) de \1$/.test(words)) break;
    await expect(step).not.toHaveText(words);
  }
  await expectStep(page, 'Revisa tu voto');
}

export async function send(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Enviar mi voto' }).click();
}

/** The code of a counted vote. */
export async function receiptOf(page: Page): Promise<string> {
  await expectStep(page, 'Tu voto está contado');
  const code = (await page.getByTestId('receipt').textContent()) ?? '';
  expect(code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]$/);
  return code;
}

/** From an activated booth to the receipt. */
export async function vote(page: Page, options: { accessible?: boolean } = {}): Promise<string> {
  await begin(page);
  await answerAll(page, options);
  if (options.accessible) await expectAccessible(page);
  await send(page);
  const code = await receiptOf(page);
  if (options.accessible) await expectAccessible(page);
  return code;
}

export function boxUrl(): string {
  return stackEnv()['MINKA_BALLOT_BOX_URL'] ?? '';
}

/** How many people's ballots the box holds, asked of the box itself. */
export async function ballotsIn(page: Page, round: string): Promise<number> {
  const response = await page.request.get(`${boxUrl()}/v1/rounds/${round}`, { maxRetries: 3 });
  const { ballots } = (await response.json()) as { ballots: number };
  return ballots;
}

export const CAST = '**/v1/ballots';

/** The bytes of every attempt to cast, as they leave the phone. */
export function castAttempts(page: Page): string[] {
  const bodies: string[] = [];
  page.on('request', (request: Request) => {
    if (request.method() === 'POST' && request.url() === `${boxUrl()}/v1/ballots`) {
      bodies.push(request.postData() ?? '');
    }
  });
  return bodies;
}
