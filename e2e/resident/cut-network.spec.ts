import type { Page, Route } from '@playwright/test';
import {
  answerAll,
  ballotsIn,
  begin,
  boxUrl,
  castAttempts,
  receiptOf,
  send,
} from '../support/booth';
import { identify, residentOf } from '../support/people';
import { openedRound } from '../support/rounds';
import { expect, test } from '../support/test';

const CHILCA = '120107';

let round: string;

test.beforeAll(async () => {
  ({ id: round } = await openedRound({ id: 'e2e-cortes' }));
});

/** What happens to a request, the first time that it is made. */
type Cut = (route: Route) => Promise<void>;

/** Nothing arrives. */
const unsent: Cut = (route) => route.abort('connectionreset');
/** It arrives, and the answer does not. */
const unanswered: Cut = async (route) => {
  await route.fetch();
  await route.abort('connectionreset');
};
/** It arrives, and half of the answer comes back. */
const half: Cut = async (route) => {
  const response = await route.fetch();
  const body = await response.text();
  await route.fulfill({ response, body: body.slice(0, body.length / 2) });
};

async function cutOnce(page: Page, url: string, cut: Cut): Promise<() => number> {
  let cuts = 0;
  await page.route(url, async (route) => {
    if (route.request().method() === 'OPTIONS' || cuts > 0) {
      await route.continue();
      return;
    }
    cuts += 1;
    await cut(route);
  });
  return () => cuts;
}

const MANIFEST = '**/v1/rounds/*/manifest';
const CREDENTIAL = '**/api/credential';
const CAST = '**/v1/ballots';

interface Step {
  readonly name: string;
  readonly url: string;
  readonly cut: Cut;
  /** Where the phone is restarted: the page is loaded anew, as after a battery that died. */
  readonly reloadAt: 'activate' | 'start' | 'review' | 'sending';
}

/** The steps of ballot-protocol.md between a verified phone and its receipt. */
const STEPS: readonly Step[] = [
  { name: '1, reading the rules', url: MANIFEST, cut: unsent, reloadAt: 'activate' },
  { name: '2, half of the rules', url: MANIFEST, cut: half, reloadAt: 'activate' },
  { name: '3, asking for the permission', url: CREDENTIAL, cut: unsent, reloadAt: 'start' },
  {
    name: '4, the permission is signed and lost',
    url: CREDENTIAL,
    cut: unanswered,
    reloadAt: 'start',
  },
  { name: '5, half of the permission', url: CREDENTIAL, cut: half, reloadAt: 'review' },
  { name: '6, sending the ballot', url: CAST, cut: unsent, reloadAt: 'sending' },
  {
    name: '7, the ballot is stored and its answer lost',
    url: CAST,
    cut: unanswered,
    reloadAt: 'sending',
  },
  { name: '8, half of the promise', url: CAST, cut: half, reloadAt: 'sending' },
];

const heading = (page: Page) => page.getByRole('heading', { level: 1 });

/** Presses whatever leads on, until the booth is at this page. */
async function insist(page: Page, title: string): Promise<void> {
  await expect(async () => {
    const on = page.getByRole('button', { name: /^(Intentar de nuevo|Activar mi voto)$/ });
    if (await on.isVisible()) await on.click();
    await expect(heading(page)).toHaveText(title, { timeout: 2000 });
  }).toPass();
}

for (const [index, { name, url, cut, reloadAt }] of STEPS.entries()) {
  test(`the network is cut at step ${name}: one ballot, the same receipt`, async ({ page }) => {
    const before = await ballotsIn(page, round);
    const attempts = castAttempts(page);
    const credentials: string[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/api/credential')) credentials.push(request.postData() ?? '');
    });
    const cuts = await cutOnce(page, url, cut);

    await identify(page, round, residentOf(CHILCA, 30 + index));
    if (reloadAt === 'activate') await page.reload();
    if (reloadAt === 'start') {
      await insist(page, 'No pudimos activar tu voto todavía').catch(() => undefined);
      await page.reload();
    }
    await insist(page, 'Tu voto está activado');
    // However often it was asked for, it was the same permission.
    expect(new Set(credentials).size).toBe(1);
    await begin(page);
    await answerAll(page);
    if (reloadAt === 'review') await page.reload();
    await send(page);
    if (reloadAt === 'sending') {
      await expect(heading(page)).toHaveText('Tu voto aún no está contado');
      await page.reload();
    }
    const code = await receiptOf(page);
    expect(cuts()).toBe(1);
    expect(attempts.length).toBeGreaterThan(0);
    expect(new Set(attempts).size).toBe(1);
    expect(attempts[0]).toContain(code.replaceAll('-', ''));
    await page.reload();
    expect(await receiptOf(page)).toBe(code);
    expect(await ballotsIn(page, round)).toBe(before + 1);
    const found = await page.request.get(
      `${boxUrl()}/v1/rounds/${round}/receipts/${code.replaceAll('-', '')}`,
    );
    expect(await found.json()).toMatchObject({ recorded: true });
  });
}
