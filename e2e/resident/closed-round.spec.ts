import { answerAll, ballotsIn, begin, expectStep, send, vote } from '../support/booth';
import { openPhone, residentOf, verify } from '../support/people';
import { moveRound, openedRound } from '../support/rounds';
import { expect, expectAccessible, test, told } from '../support/test';

const HUANCAYO = '120101';

test('after closing nothing is counted, and every page says so', async ({
  page,
  browser,
  watch,
}) => {
  test.setTimeout(180_000);
  const { id: round } = await openedRound({ id: 'e2e-cierre' });
  const late = await openPhone(browser, watch);
  await verify(late, round, residentOf(HUANCAYO, 0));
  await begin(late);
  await answerAll(late);
  await verify(page, round, residentOf(HUANCAYO, 1));
  const code = await vote(page);

  await moveRound('close', round);
  await send(late);
  await expectStep(late, 'Tu voto no se contó');
  await expect(told(late, 'alert')).toContainText('La votación cerró antes de que llegara tu voto');
  await expectAccessible(late);
  expect(await ballotsIn(late, round)).toBe(1);

  for (const path of [`/votar/${round}`, `/votar/${round}/dni`, `/votar/${round}/codigo`]) {
    await late.goto(path);
    await expectStep(late, 'Esta votación ya cerró');
  }
  await expectAccessible(late);
  // Whose vote is counted still finds the code; a vote can no longer be changed.
  await page.reload();
  await expect(page.getByTestId('receipt')).toHaveText(code);
  await expect(page.getByRole('button', { name: 'Cambiar mi voto' })).toHaveCount(0);
  await expectAccessible(page);
  await late.context().close();
});
