import type { Browser, Page } from '@playwright/test';
import { expectStep, vote } from './support/booth';
import { enterAs, openPhone, residentOf, verify } from './support/people';
import { seededRound, simulate, type ListedRound } from './support/rounds';
import { expect, expectAccessible, test, told, visit, type Watch } from './support/test';

/** Plan → ballots → tally → wall → council → next cycle's envelopes, as its people walk it. */
const EL_TAMBO = '120114';
const CHILCA = '120107';
/** So that groups are large enough for their figures to be shown. */
const NEIGHBOURS = 60;
const A_FEW_SECONDS = { timeout: 5000 };
const WORKER_TAKES = { timeout: 90_000 };

async function openWall(browser: Browser, watch: Watch, code: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
  const wall = await watch.over(context).newPage();
  await wall.goto(`/screen/${code}`);
  return wall;
}

function ballotsOnTheWall(wall: Page) {
  return wall.locator('p[aria-live=polite]');
}

async function openRound(page: Page, { id }: ListedRound): Promise<void> {
  await visit(page, `/admin/rounds/${id}`);
  await page.getByRole('button', { name: 'Abrir la votación' }).click();
  await expect(told(page, 'status').first()).toContainText('Pediste abrir la votación');
  await expect(page.getByRole('button', { name: 'Cerrar la votación' })).toBeVisible(WORKER_TAKES);
  await expectAccessible(page);
}

async function closeRound(page: Page, { id }: ListedRound): Promise<void> {
  await page.goto(`/admin/rounds/${id}`);
  await page
    .getByLabel('Motivo del cierre antes de hora')
    .fill('Cierre de prueba: votaron todas las personas convocadas');
  await page.getByRole('button', { name: 'Cerrar la votación' }).click();
  await expect(page.getByRole('button', { name: 'Publicar los resultados' })).toBeVisible(
    WORKER_TAKES,
  );
  await expectAccessible(page);
}

/** One decision with its reason; with a share, an amendment. */
async function decide(page: Page, dimension: string, share?: string): Promise<void> {
  const form = page
    .locator('form')
    .filter({ has: page.getByRole('button', { name: `Registrar la decisión: ${dimension}` }) });
  if (share !== undefined) {
    await form.getByLabel('Enmendar con otra cifra').check();
    await form.getByLabel('Otra cifra (%)').fill(share);
  }
  await form
    .getByLabel('Razón')
    .fill(
      share === undefined
        ? `Responde a lo que pidieron los vecinos en lo ${dimension.toLowerCase()}`
        : 'Se reserva dinero para concluir las obras del año anterior',
    );
  await form.getByRole('button').click();
  await expect(
    told(page, 'status').filter({ hasText: `La decisión sobre la dimensión ${dimension}` }),
  ).toBeVisible();
}

test('the whole loop, from the plan to the next cycle’s envelopes', async ({
  page,
  browser,
  watch,
}) => {
  test.setTimeout(600_000);
  const round = await seededRound();
  const year = Number(round.cycle.slice(2));
  const nextCycle = `pp${String(year + 1)}`;

  // Its text was imported before anybody voted: see plan.spec.ts.
  await test.step('the plan is read', async () => {
    await visit(page, '/plan');
    await visit(page, '/plan/INS-2');
  });

  await test.step('the administrator opens the round', async () => {
    await enterAs(page, 'demo-admin');
    await openRound(page, round);
  });

  const wall = await openWall(browser, watch, round.screenCode);
  await test.step('the wall of the assembly waits for the first ballot', async () => {
    await expect(ballotsOnTheWall(wall)).toHaveText('0');
    await expectAccessible(wall);
  });

  await test.step('three residents of two districts vote on their phones', async () => {
    const residents = [residentOf(EL_TAMBO, 10), residentOf(CHILCA, 20), residentOf(EL_TAMBO, 11)];
    for (const [index, resident] of residents.entries()) {
      const phone = await openPhone(browser, watch);
      await verify(phone, round.id, resident);
      await vote(phone, { accessible: index === 0 });
      await expect(ballotsOnTheWall(wall)).toHaveText(String(index + 1), A_FEW_SECONDS);
      await phone.context().close();
    }
  });

  await test.step('their neighbours vote as well', async () => {
    expect(await simulate(round.id, NEIGHBOURS)).toMatchObject({ ok: NEIGHBOURS, failed: 0 });
    await expect(ballotsOnTheWall(wall)).toHaveText(String(NEIGHBOURS + 3), A_FEW_SECONDS);
  });

  await test.step('nobody sees results while people vote', async () => {
    await visit(page, `/resultados/${round.id}`);
    await expect(page.getByText('La votación sigue abierta')).toBeVisible();
    await expect(page.getByText('Se financian, en este orden')).toHaveCount(0);
  });

  await test.step('the administrator closes the round early, with a reason', async () => {
    await closeRound(page, round);
    await expect(wall.locator('#contenido')).toContainText('Votación cerrada', WORKER_TAKES);
    await visit(page, `/resultados/${round.id}`);
    await expect(page.getByText('Se financian, en este orden')).toHaveCount(0);
  });

  await test.step('the administrator publishes the result', async () => {
    await page.goto(`/admin/rounds/${round.id}`);
    await page.getByRole('button', { name: 'Publicar los resultados' }).click();
    await expect(told(page, 'status')).toContainText('Los resultados ya son públicos');
    await expect(wall.locator('#contenido')).toContainText('Resultados', WORKER_TAKES);
    await expectAccessible(wall);
    await wall.context().close();
  });

  await test.step('residents read what was funded and why', async () => {
    const phone = await openPhone(browser, watch);
    await visit(phone, `/resultados/${round.id}`);
    await expect(phone.getByText('Se financian, en este orden').first()).toBeVisible();
    await expect(phone.locator('#contenido')).toContainText(String(NEIGHBOURS + 3));
    await visit(phone, '/resultados');
    await visit(phone, '/seguimiento');
    await phone.context().close();
  });

  await test.step('a councillor amends one priority, adopts the others, all with reasons', async () => {
    await page.context().clearCookies();
    await enterAs(page, 'demo-councillor-1');
    await expectAccessible(page);
    await visit(page, `/council/priorities/${round.id}-v1`);
    await decide(page, 'Social', '30');
    await decide(page, 'Económica');
    await decide(page, 'Ambiental');
    await decide(page, 'Institucional');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Adoptar las prioridades' }).click();
    await expect(told(page, 'status')).toContainText('Las prioridades están adoptadas');
    await expectAccessible(page);
  });

  await test.step('the next cycle shows the envelopes, and the trail in both directions', async () => {
    await page.context().clearCookies();
    await visit(page, `/ciclos/${nextCycle}`);
    await expect(page.locator('#contenido')).toContainText(
      '30.00 % del techo. Viene de las prioridades que adoptó el concejo.',
    );
    await page.getByRole('link', { name: /de los votos al dinero/ }).click();
    await expect(page).toHaveURL(new RegExp(`/prioridades/${nextCycle}`));
    await expectStep(page, `Prioridades de recursos para ${String(year + 1)}`);
    await expectAccessible(page);
    const sections = page.locator('section');
    await expect(sections.filter({ hasText: '1. Los votos' }).first()).toBeVisible();
    await expect(page.locator('#decision')).toContainText(
      'Se reserva dinero para concluir las obras del año anterior',
    );
    await expect(page.locator('#decision')).toContainText('Enmendada');
    await expect(page.locator('#sobre')).toContainText('30.00 %');
    await expect(page.locator('#de-vuelta')).toContainText('El concejo adoptó');
    // The institutional rows that ask for this very loop lead to it.
    await visit(page, '/plan/INS-2');
    await expect(
      page.getByRole('link', { name: 'Ver el camino de los votos al dinero' }).first(),
    ).toHaveAttribute('href', new RegExp(`/prioridades/${nextCycle}`));
    await expect(
      page.getByRole('link', { name: 'Ver el camino del dinero a los votos' }).first(),
    ).toHaveAttribute('href', new RegExp(`/prioridades/${nextCycle}#de-vuelta`));
  });
});
