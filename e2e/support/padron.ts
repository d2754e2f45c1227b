import { expect, type Page } from '@playwright/test';
import type { DemoResident } from '@/db/seed/roll';
import { enterAs, messages } from './people';
import { draftRound } from './rounds';

const HOUR_MS = 60 * 60 * 1000;
const LIMA_OFFSET_MS = -5 * HOUR_MS;

/** What a field of date and time takes, so many hours from now in Lima. */
export function limaField(hours: number): string {
  return new Date(Date.now() + hours * HOUR_MS + LIMA_OFFSET_MS).toISOString().slice(0, 16);
}

/** A round in preparation whose preliminary list is out, as an administrator makes it. */
export async function roundWithList(page: Page, id: string): Promise<string> {
  const { id: round } = await draftRound({ id, opensInHours: 5 });
  await enterAs(page, 'demo-admin');
  await page.goto(`/admin/challenges?votacion=${round}`);
  await page.getByLabel('Se publica la lista preliminar').fill(limaField(-1));
  await page.getByLabel('Terminan las tachas').fill(limaField(2));
  await page.getByLabel('La lista es definitiva').fill(limaField(3));
  await page.getByRole('button', { name: 'Guardar las fechas' }).click();
  await expect(page.getByText('Fechas guardadas')).toBeVisible();
  return round;
}

/** Types the DNI on the page that is open, takes the code from the outbox and gives it. */
export async function showWhoIAm(page: Page, resident: DemoResident): Promise<void> {
  const before = (await messages(page.request, resident.phone)).length;
  await page.getByLabel('Número de DNI').fill(resident.dni);
  await page.getByRole('button', { name: 'Enviarme el código' }).click();
  await expect(page.getByLabel('Código de seis números')).toBeVisible();
  let sent: string[] = [];
  await expect
    .poll(async () => {
      sent = await messages(page.request, resident.phone);
      return sent.length;
    })
    .toBeGreaterThan(before);
  const code = /\d{3} \d{3}/.exec(sent[0] ?? '')?.[0] ?? '';
  await page.getByLabel('Código de seis números').fill(code);
  await page.getByRole('button', { name: 'Comprobar el código' }).click();
}
