import { vote } from '../support/booth';
import { openPhone, residentOf, verify } from '../support/people';
import { openedRound } from '../support/rounds';
import { expect, expectAccessible, test, told } from '../support/test';

const HUANCAYO = '120101';

test('a receipt is found in the box, by its phone and by anybody who was told it', async ({
  page,
  browser,
  watch,
}) => {
  const { id: round } = await openedRound({ id: 'e2e-comprobante' });
  await verify(page, round, residentOf(HUANCAYO, 2));
  const code = await vote(page);
  await page.getByRole('link', { name: 'Comprobar mi voto' }).last().click();
  await expect(page).toHaveURL(/\/comprobar/);
  await expect(page.getByText(code)).toBeVisible();
  await page.getByLabel('Código de comprobación').fill(code);
  await page.getByRole('button', { name: 'Comprobar', exact: true }).click();
  await expect(told(page, 'status').last()).toContainText('Sí: ese voto está en la urna');
  await expectAccessible(page);

  const other = await openPhone(browser, watch);
  const ask = async (typed: string) => {
    await other.goto(`/comprobar?proceso=${round}`);
    await other.getByLabel('Código de comprobación').fill(typed);
    await other.getByRole('button', { name: 'Comprobar', exact: true }).click();
  };
  await ask(code.toLowerCase().replaceAll('-', ' '));
  await expect(told(other, 'status').last()).toContainText('Sí: ese voto está en la urna');
  // One letter off cannot be a code at all; a code of nobody is an alarm.
  await ask(`${code.startsWith('Z') ? 'Y' : 'Z'}${code.slice(1)}`);
  await expect(told(other, 'alert')).toContainText('Ese código no puede existir');
  await expect(told(other, 'alert')).toBeFocused();
  await expectAccessible(other);
  await ask('0000-0000-0000-0');
  await expect(told(other, 'status').last()).toContainText('Ese código no está en esta votación');
  await expectAccessible(other);
  await other.context().close();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the site asks the box in the reader’s place', async ({ page }) => {
    await page.goto('/comprobar');
    await page.getByLabel('Código de comprobación').fill('0000-0000-0000-0');
    await page.getByRole('button', { name: 'Comprobar', exact: true }).click();
    await expect(page.getByRole('status').last()).toContainText(
      'Ese código no está en esta votación',
    );
    // Posted: the code is in no address, and so in no log.
    expect(page.url()).not.toContain('0000');
  });
});
