import type { Page } from '@playwright/test';
import { expectStep, vote } from '../support/booth';
import { codeFor, residentOf, verify } from '../support/people';
import { moveRound, openedRound } from '../support/rounds';
import type { DemoResident } from '@/db/seed/roll';
import { expect, expectAccessible, expectNoSidewaysScroll, test } from '../support/test';

const EL_TAMBO = '120114';

/** From the question to the answer, as somebody who wants nothing else. */
async function askFor(page: Page, round: string, resident: DemoResident): Promise<void> {
  await page.goto(`/votar/${round}/mi-derecho`);
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Comprobar con mi DNI' }).click();
  const code = await codeFor(page, round, resident, 'right');
  await page.getByLabel('Código de seis números').fill(code);
  await page.getByRole('button', { name: 'Comprobar el código' }).click();
  await expect(page).toHaveURL(`/votar/${round}/mi-derecho`);
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
}

/** The next page must not overtake the act. */
async function leave(page: Page, round: string): Promise<void> {
  await page.getByRole('button', { name: 'Salir en este celular' }).click();
  await expect(page).toHaveURL(`/votar/${round}`);
}

test('a verified resident learns whether her right was used, the way and the day', async ({
  page,
}) => {
  test.setTimeout(240_000);
  const { id: round } = await openedRound({ id: 'e2e-derecho' });
  const voter = residentOf(EL_TAMBO, 20);
  await verify(page, round, voter);
  await expectStep(page, 'Tu voto está activado');
  await vote(page);
  await page.getByRole('link', { name: 'Comprobar mi voto' }).last().click();
  await page.getByRole('link', { name: '¿Se usó mi derecho a votar?' }).click();
  await expect(page.getByText('Sí: tu derecho se usó')).toBeVisible();
  await expect(page.getByText('Se activó un voto en un celular o computadora')).toBeVisible();
  await expect(page.getByRole('heading', { name: '¿No fuiste tú?' })).toBeVisible();
  // A day and never an hour.
  const answer = await page.getByText('Se activó un voto en un celular o computadora').innerText();
  expect(answer).toMatch(/el \d{1,2} de [a-z]+ de \d{4}\.$/);
  await expectAccessible(page);
  await leave(page, round);

  const absent = residentOf(EL_TAMBO, 21);
  await askFor(page, round, absent);
  await expect(page.getByText('No: nadie ha usado tu derecho')).toBeVisible();
  await leave(page, round);
  await page.goto(`/votar/${round}/mi-derecho`);
  await expect(page.getByRole('link', { name: 'Comprobar con mi DNI' })).toBeVisible();

  // Those who did not come may ask after the closing, when voting in their name would show.
  await moveRound('close', round);
  await askFor(page, round, absent);
  await expect(page.getByText('tu derecho no se usó')).toBeVisible();
});
