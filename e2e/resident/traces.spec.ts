import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import {
  answerAll,
  begin,
  castAttempts,
  chooseProposals,
  expectStep,
  goOn,
  rankRows,
  receiptOf,
  send,
} from '../support/booth';
import { residentOf, verify } from '../support/people';
import { openedRound } from '../support/rounds';
import { runCommand, stackEnv } from '../support/stack';
import { expect, expectAccessible, expectNoSidewaysScroll, test, told } from '../support/test';

const CHILCA = '120107';
const FOLDER = new URL('../../.minka-test/', import.meta.url);

/** Base64url as it travels, and the same bytes in hexadecimal, as PostgreSQL and logs write them. */
const bothWays = (text: string): string[] => [text, Buffer.from(text, 'base64url').toString('hex')];

/** Everything that the browser keeps for this site, as one text. */
async function keptByBrowser(page: Page): Promise<string> {
  const inside = await page.evaluate(async () => {
    const settled = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((done, fail) => {
        request.onsuccess = () => {
          done(request.result);
        };
        request.onerror = () => {
          fail(new Error('IndexedDB'));
        };
      });
    const stores: unknown[] = [];
    for (const { name } of await indexedDB.databases()) {
      const database = await settled(indexedDB.open(name ?? ''));
      for (const store of Array.from(database.objectStoreNames)) {
        const rows = database.transaction(store).objectStore(store);
        stores.push([store, await settled(rows.getAllKeys()), await settled(rows.getAll())]);
      }
      database.close();
    }
    const caches_ = await Promise.all(
      (await caches.keys()).map(async (name) =>
        Promise.all(
          (await (await caches.open(name)).keys()).map(async (request) => [
            request.url,
            await (await caches.match(request))?.text(),
          ]),
        ),
      ),
    );
    return JSON.stringify({
      stores,
      caches_,
      local: Object.entries(localStorage),
      session: Object.entries(sessionStorage),
      address: location.href,
      state: JSON.stringify(history.state),
    });
  });
  return inside + JSON.stringify(await page.context().cookies());
}

/** What a page shows; one that sends its reader on at once is read where she arrives. */
async function shownBy(page: Page): Promise<string> {
  let shown = '';
  await expect(async () => {
    shown = await page.content();
  }).toPass();
  return shown;
}

test('after a vote, and after forgetting it, nothing holds choice, token or leaf', async ({
  page,
}) => {
  test.setTimeout(180_000);
  const { id: round } = await openedRound({ id: 'e2e-huellas' });
  const attempts = castAttempts(page);
  await verify(page, round, residentOf(CHILCA, 40));
  await begin(page);
  await answerAll(page);
  await send(page);
  const code = await receiptOf(page);

  const { line } = JSON.parse(attempts[0] ?? '') as { line: [string, string] };
  const ballot = JSON.parse(line[0]) as Record<'t' | 's' | 'k' | 'x', string> & { c: object };
  const leaf = createHash('sha256')
    .update(Buffer.concat([Buffer.of(0), Buffer.from(JSON.stringify(line))]))
    .digest('base64url');
  const secrets = [ballot.t, ballot.s, ballot.k, ballot.x, leaf, line[1]].flatMap(bothWays);
  const choice = JSON.stringify(ballot.c);
  expect(choice.length).toBeGreaterThan(20);
  const marked = [...secrets, choice, code, code.replaceAll('-', '')];

  // Counted: the phone keeps the proof, and no longer what was chosen.
  const kept = await keptByBrowser(page);
  expect(kept).toContain(leaf);
  expect(kept).not.toContain(choice);
  expect(kept).not.toContain(ballot.s);

  // The registry, who knows the person, holds nothing of the ballot, its job queues included.
  const secretsFile = JSON.parse(await readFile(new URL('secrets.json', FOLDER), 'utf8')) as {
    postgres: string;
  };
  const owner = new URL(stackEnv()['DATABASE_URL'] ?? '');
  owner.username = 'postgres';
  owner.password = secretsFile.postgres;
  const searched = await runCommand<{ tables: number; rows: number; found: string[] }>(
    'e2e/support/registry-search.ts',
    [JSON.stringify({ url: owner.href, texts: marked })],
  );
  expect(searched.found).toEqual([]);
  expect(searched.tables).toBeGreaterThan(20);
  // The search finds what is there: the round's name, and the resident's credential in hexadecimal.
  const seen = await runCommand<{ found: string[] }>('e2e/support/registry-search.ts', [
    JSON.stringify({ url: owner.href, texts: [round] }),
  ]);
  expect(seen.found.join()).toContain('public.credential');

  // Nor does any log or report of any process.
  const files = (await readdir(FOLDER, { recursive: true, withFileTypes: true }))
    .filter((file) => file.isFile() && /\.(log|txt|json|jsonl)$/.test(file.name))
    .map((file) => `${file.parentPath}/${file.name}`);
  const logs = files.filter((file) => /\/(web|worker|ballot-box)\.log$/.test(file));
  expect(logs).toHaveLength(3);
  for (const file of files) {
    const text = await readFile(file, 'utf8');
    const found = marked.filter((secret) => text.includes(secret));
    expect(found, file).toEqual([]);
  }

  await page.getByRole('button', { name: 'Olvidar mi voto' }).click();
  await page.getByRole('button', { name: 'Sí, olvidar mi voto' }).click();
  await expectStep(page, 'Este celular olvidó tu voto');
  const left = await keptByBrowser(page);
  expect(marked.filter((secret) => left.includes(secret))).toEqual([]);
  // Going back through the history shows nothing either.
  for (let back = 0; back < 6; back += 1) {
    await page.goBack();
    const shown = await shownBy(page);
    expect(marked.filter((secret) => shown.includes(secret))).toEqual([]);
    expect(page.url()).not.toContain(code.replaceAll('-', ''));
  }
});

/** What was marked, as the phone keeps it; null when it keeps no vote, empty without marks. */
async function keptMarks(page: Page): Promise<string[] | null> {
  return page.evaluate(async () => {
    const settled = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((done, fail) => {
        request.onsuccess = () => {
          done(request.result);
        };
        request.onerror = () => {
          fail(new Error('IndexedDB'));
        };
      });
    const database = await settled(indexedDB.open('minka-booth'));
    const [vote] = (await settled(
      database.transaction('votes').objectStore('votes').getAll(),
    )) as readonly { readonly draft: Record<string, { readonly picks: string[] }> | null }[];
    database.close();
    return vote === undefined
      ? null
      : Object.values(vote.draft ?? {}).flatMap(({ picks }) => picks);
  });
}

test('what was marked and not sent can be wiped at every step, and the right with it', async ({
  page,
}) => {
  test.setTimeout(180_000);
  const { id: round } = await openedRound({ id: 'e2e-borrar', allocates: ['province'] });
  await verify(page, round, residentOf(CHILCA, 41));
  await begin(page);
  await expect(page.getByRole('button', { name: 'Borrar lo que marqué' })).toHaveCount(0);
  await rankRows(page, 2);
  await goOn(page);
  await chooseProposals(page, 1);
  await expect.poll(() => keptMarks(page)).toHaveLength(3);
  await expectAccessible(page);

  const wipe = page.getByRole('button', { name: 'Borrar lo que marqué', exact: true });
  await wipe.click();
  await expectStep(page, '¿Borrar lo que marcaste?');
  await expect(page.getByText('Tu permiso para votar se queda en este celular')).toBeVisible();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page.getByRole('button', { name: 'No, volver' }).click();
  await expect(page.getByText('Paso 2 de 2')).toBeVisible();
  await wipe.click();
  await page.getByRole('button', { name: 'Sí, borrar lo que marqué' }).click();
  await expectStep(page, 'Borramos lo que marcaste');
  expect(await keptMarks(page)).toEqual([]);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Empezar otra vez' }).click();

  // Who begins again and leaves finds it listed where votes are checked.
  await begin(page);
  await rankRows(page, 1);
  await expect.poll(() => keptMarks(page)).toHaveLength(1);
  await page.goto(`/comprobar?proceso=${round}`);
  const begun = page.locator('[data-begun="unsent"]');
  await expect(begun).toContainText('Un voto que empezaste y no enviaste');
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await begun.getByRole('button', { name: 'Borrar lo que marqué' }).click();
  await begun.getByRole('button', { name: 'Sí, borrar lo que marqué' }).click();
  await expect(told(page, 'status').first()).toContainText('El permiso sigue en este celular');
  expect(await keptMarks(page)).toEqual([]);

  // The right to vote goes too, for whoever wants that, after a warning of what it means.
  await begun.getByRole('link', { name: 'Abrir la cabina' }).click();
  await expectStep(page, 'Tu voto está activado');
  await page.getByRole('button', { name: 'Borrar mi permiso' }).click();
  await expectStep(page, '¿Borrar tu permiso de este celular?');
  await expect(page.getByText('El permiso se da una sola vez')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Sí, borrar mi permiso' }).click();
  await expectStep(page, 'Este celular ya no guarda nada tuyo');
  expect(await keptMarks(page)).toBeNull();
});
