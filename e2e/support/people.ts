import { expect, type APIRequestContext, type Browser, type Page } from '@playwright/test';
import { devices } from '@playwright/test';
import { demoRoll, FREE_RESIDENTS, type DemoResident } from '@/db/seed/roll';
import { expectAccessible, type Watch } from './test';

/** Simulated residents come from the beginning of the roll; the tests' own people live behind them. */
const FIRST_OF_TESTS = 600;

/** The nth resident of a district whom no simulation plays. */
export function residentOf(districtCode: string, nth: number): DemoResident {
  const resident = demoRoll().filter(
    ({ index, districtCode: home }) =>
      home === districtCode && index >= FIRST_OF_TESTS && index < FREE_RESIDENTS,
  )[nth];
  if (resident === undefined) throw new Error(`No resident ${String(nth)} in ${districtCode}`);
  return resident;
}

/** Signs in as a person of the demonstration, with the one click that it offers. */
export async function enterAs(page: Page, person: string): Promise<void> {
  await page.goto('/demo');
  await page
    .locator('form')
    .filter({ has: page.locator(`input[name="person"][value="${person}"]`) })
    .getByRole('button')
    .click();
  await expect(page).toHaveURL(/\/(admin|council|desk|studio)(\/[a-z]+)?$/);
}

/** A phone of its own: nothing in it is shared with another resident. */
export async function openPhone(browser: Browser, watch: Watch): Promise<Page> {
  const { defaultBrowserType: _, ...phone } = devices['Galaxy S9+'];
  const context = await browser.newContext({ ...phone, viewport: { width: 360, height: 740 } });
  return watch.over(context).newPage();
}

/** What was sent to a phone. A kept connection may be closed just as it is used again: then once more. */
export async function messages(request: APIRequestContext, phone: string): Promise<string[]> {
  const response = await request.get(`/demo/outbox.json?phone=${phone}`, { maxRetries: 3 });
  const body = (await response.json()) as { messages: { body: string }[] };
  return body.messages.map((message) => message.body);
}

/** Types the DNI, as someone in a hurry writes it, and waits for the page that asks for the code. */
export async function askForCode(
  page: Page,
  round: string,
  dni: string,
  purpose: 'vote' | 'right' = 'vote',
): Promise<void> {
  const query = purpose === 'right' ? '?para=derecho' : '';
  await page.goto(`/votar/${round}/dni${query}`);
  await page
    .getByLabel('Número de DNI')
    .fill(`${dni.slice(0, 2)}.${dni.slice(2, 5)} ${dni.slice(5)}`);
  await page.getByRole('button', { name: 'Enviarme el código' }).click();
  await expect(page).toHaveURL(`/votar/${round}/codigo${query}`);
}

/** Asks for a code and reads it from the demonstration's outbox. */
export async function codeFor(
  page: Page,
  round: string,
  resident: DemoResident,
  purpose: 'vote' | 'right' = 'vote',
): Promise<string> {
  const before = (await messages(page.request, resident.phone)).length;
  await askForCode(page, round, resident.dni, purpose);
  let sent: string[] = [];
  await expect
    .poll(async () => {
      sent = await messages(page.request, resident.phone);
      return sent.length;
    })
    .toBeGreaterThan(before);
  const code = /\d{3} \d{3}/.exec(sent[0] ?? '')?.[0];
  if (code === undefined) throw new Error(`No code in «${sent[0] ?? ''}»`);
  return code;
}

/** From the start of the round to the door of the booth, as a resident walks it. */
export async function identify(page: Page, round: string, resident: DemoResident): Promise<void> {
  await page.goto(`/votar/${round}`);
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Empezar con mi DNI' }).click();
  await expect(page.getByLabel('Número de DNI')).toBeVisible();
  await expectAccessible(page);
  const code = await codeFor(page, round, resident);
  await expectAccessible(page);
  await page.getByLabel('Código de seis números').fill(code);
  await page.getByRole('button', { name: 'Comprobar el código' }).click();
  await expect(page).toHaveURL(`/votar/${round}/cabina`);
}

/** The same, and activates the vote on this phone without a recovery code. */
export async function verify(page: Page, round: string, resident: DemoResident): Promise<void> {
  await identify(page, round, resident);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Activa tu voto');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Activar mi voto' }).click();
}
