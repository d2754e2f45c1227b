import { build } from 'esbuild';
import type { Page } from '@playwright/test';
import type * as Tools from './tablet-tools';
import { expect, test } from '../support/test';

/** What a device keeps for its tablets, in a real browser's IndexedDB, without the rest of the site. */

declare global {
  interface Window {
    readonly tools: typeof Tools;
  }
}

const ORIGIN = 'https://tableta.example';
const bundle = build({
  entryPoints: ['e2e/desk/tablet-tools.ts'],
  bundle: true,
  write: false,
  format: 'iife',
  globalName: 'tools',
  logLevel: 'silent',
}).then(({ outputFiles }) => outputFiles[0]?.text ?? '');

/** An empty page of an origin of its own, with the tablet's code in it. */
async function device(page: Page): Promise<Page> {
  await page.route(`${ORIGIN}/**`, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>x</title>' }),
  );
  await page.goto(ORIGIN);
  await page.addScriptTag({ content: await bundle });
  return page;
}

test.describe('a device that serves two tablets', () => {
  test('closes and clears one without touching what the other holds', async ({ page }) => {
    await device(page);
    const after = await page.evaluate(async () => {
      const { keepLoaded, keepVote, keepClosed, keepSynced, minutesOf, ...t } = window.tools;
      for (const id of ['T-AAAA', 'T-BBBB']) await t.begun(id);
      await keepLoaded(t.loaded('T-AAAA', ['x', 'x']), t.vouchers('T-AAAA', ['x', 'x']));
      await keepLoaded(t.loaded('T-BBBB', ['x', 'x', 'x']), t.vouchers('T-BBBB', ['x', 'x', 'x']));
      const vote = (tablet: string, entry: number) =>
        keepVote({ tablet, entry, voucher: `${tablet}-${entry}`, ballot: t.ballot(tablet, entry) });
      const others = await keepVote({
        tablet: 'T-AAAA',
        entry: 0,
        voucher: 'T-BBBB-0',
        ballot: t.ballot('T-AAAA', 0),
      });
      await vote('T-AAAA', 0);
      await vote('T-BBBB', 0);
      await vote('T-BBBB', 1);
      const closed = await keepClosed('T-AAAA', minutesOf);
      const left = (await t.vouchersOf('T-BBBB', 'x')).length;
      await keepSynced('T-AAAA');
      const second = await keepClosed('T-BBBB', minutesOf);
      return {
        others,
        left,
        first: closed?.minutes,
        second: second?.minutes,
        ballots: (await t.keptBallots('T-BBBB')).map(({ id }) => id).sort(),
        vouchers: (await t.rows()).vouchers,
      };
    });
    expect(after).toMatchObject({
      others: false,
      left: 1,
      first: { checkIns: 1, ballots: 1, vouchers: 2 },
      second: { checkIns: 2, ballots: 2, vouchers: 3 },
      ballots: ['T-BBBB-0', 'T-BBBB-1'],
      vouchers: [],
    });
  });
});

test.describe('what an earlier version kept', () => {
  test('is the one tablet’s that is in use, whatever was there before it', async ({ page }) => {
    await device(page);
    const rows = await page.evaluate(async () => {
      const t = window.tools;
      await t.versionOne({
        tablets: [
          { ...t.loaded('T-OLDE', []), phase: 'synced' },
          { ...t.loaded('T-AAAA', ['x', 'y', 'x']), used: [true, true, false] },
        ],
        vouchers: t.vouchers('', ['x']),
        ballots: [t.ballot('1', 0, 'x'), t.ballot('2', 0, 'y')],
      });
      return t.rows();
    });
    expect(rows).toMatchObject({
      vouchers: [{ tablet: 'T-AAAA' }],
      ballots: [{ tablet: 'T-AAAA' }, { tablet: 'T-AAAA' }],
    });
  });

  test('of two tablets is divided by their lists, and vouchers by the keys that open them', async ({
    page,
  }) => {
    await device(page);
    const after = await page.evaluate(async () => {
      const t = window.tools;
      const one = await t.sealedTablet('T-AAAA', ['x', 'x'], '246810');
      const two = await t.sealedTablet('T-BBBB', ['x', 'y'], '246810');
      await t.versionOne({
        tablets: [
          { ...one.tablet, used: [true, false] },
          { ...two.tablet, used: [true, true] },
        ],
        vouchers: [...one.vouchers, ...two.vouchers],
        ballots: [t.ballot('1', 0, 'x'), t.ballot('2', 0, 'y'), t.ballot('3', 0, 'x')],
      });
      const wrong = await t.openTablet(one.tablet, '246811');
      const opened = await t.openTablet(one.tablet, '246810');
      const { vouchers, ballots } = await t.rows();
      return { wrong, turn: opened?.turn, vouchers, ballots };
    });
    expect(after.wrong).toBeNull();
    expect(after.turn).toBe('246810');
    expect(after.ballots.map(({ tablet }) => tablet).sort()).toEqual([
      'T-AAAA',
      'T-BBBB',
      'T-BBBB',
    ]);
    expect(after.ballots.find(({ id }) => id.startsWith('2'))?.tablet).toBe('T-BBBB');
    const owners = after.vouchers.map(({ id, tablet }) => [id, tablet]);
    expect(Object.fromEntries(owners)).toEqual({
      'T-AAAA-0': 'T-AAAA',
      'T-AAAA-1': 'T-AAAA',
      'T-BBBB-0': '',
      'T-BBBB-1': '',
    });
  });

  test('with minutes that counted another tablet’s ballots can be closed again', async ({
    page,
  }) => {
    await device(page);
    const minutes = await page.evaluate(async () => {
      const t = window.tools;
      const { minutesOf, keepClosed } = t;
      await t.versionOne({
        tablets: [
          {
            ...t.loaded('T-AAAA', ['x', 'x']),
            used: [true, false],
            phase: 'closed',
            minutes: { checkIns: 1, ballots: 3, vouchers: 2, head: 'ab'.repeat(32) },
          },
          { ...t.loaded('T-BBBB', ['x', 'x']), used: [true, true] },
        ],
        vouchers: [],
        ballots: ['1', '2', '3'].map((id) => t.ballot(id, 0, 'x')),
      });
      return [
        (await keepClosed('T-AAAA', minutesOf))?.minutes,
        (await keepClosed('T-BBBB', minutesOf))?.minutes,
      ];
    });
    expect(minutes).toMatchObject([
      { checkIns: 1, ballots: 1, vouchers: 2 },
      { checkIns: 2, ballots: 2, vouchers: 2 },
    ]);
  });
});

test('minutes count a vote that another tab kept while they were written', async ({ page }) => {
  await device(page);
  const closed = await page.evaluate(async () => {
    const t = window.tools;
    await t.begun('T-AAAA');
    await t.keepLoaded(t.loaded('T-AAAA', ['x', 'x']), t.vouchers('T-AAAA', ['x', 'x']));
    let times = 0;
    const kept = await t.keepClosed('T-AAAA', async (tablet, ballots) => {
      times += 1;
      if (times === 1) {
        await t.keepVote({
          tablet: 'T-AAAA',
          entry: 1,
          voucher: 'T-AAAA-1',
          ballot: t.ballot('T-AAAA', 1),
        });
      }
      return t.minutesOf(tablet, ballots);
    });
    const late = await t.keepVote({
      tablet: 'T-AAAA',
      entry: 0,
      voucher: 'T-AAAA-0',
      ballot: t.ballot('T-AAAA', 0),
    });
    const head = await t.headOfKept('T-AAAA');
    return { times, used: kept?.used, minutes: kept?.minutes, late, head };
  });
  expect(closed).toMatchObject({
    times: 2,
    used: [false, true],
    minutes: { checkIns: 1, ballots: 1, head: closed.head },
    late: false,
  });
});

test('a load that was cut goes on with its own key and with no other', async ({ page }) => {
  await device(page);
  const sent: unknown[] = [];
  await page.route(`${ORIGIN}/api/tablets/**`, async (route) => {
    sent.push(route.request().postDataJSON());
    await route.abort();
  });
  const answers = await page.evaluate(async () => {
    const t = window.tools;
    const key = t.newTableKey();
    const load = async (secret: string) => t.loadTablet(await t.loadRequest('T-AAAA', secret));
    return [await load(key), await load('246810'), await load(t.newTableKey()), await load(key)];
  });
  const refused = (reason: string) => ({ ok: false, reason });
  expect(answers).toEqual([
    refused('offline'),
    refused('wrong-pin'),
    refused('wrong-pin'),
    refused('offline'),
  ]);
  // The same values again, so that what the issuer signed meanwhile fits them.
  expect(sent).toHaveLength(2);
  expect(sent[1]).toEqual(sent[0]);
});

test('two tabs that load one tablet keep one set of vouchers', async ({ page }) => {
  await device(page);
  const kept = await page.evaluate(async () => {
    const t = window.tools;
    const first = await t.begun('T-AAAA');
    const second = await t.begun('T-AAAA', 'of-the-second-tab');
    const again = t.vouchers('T-AAAA', ['x', 'x']).map((one) => ({ ...one, id: `${one.id}-b` }));
    return {
      same: first.device === second.device,
      loads: [
        await t.keepLoaded(t.loaded('T-AAAA', ['x', 'x']), t.vouchers('T-AAAA', ['x', 'x'])),
        await t.keepLoaded(t.loaded('T-AAAA', ['x', 'x']), again),
      ],
      vouchers: (await t.rows()).vouchers.length,
    };
  });
  expect(kept).toEqual({ same: true, loads: [true, false], vouchers: 2 });
});
