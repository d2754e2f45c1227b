import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from '@playwright/test';
import { ensureVerifier, VERIFIER_FOLDER } from '@/services/supervisor/build-verifier';
import { assemble, type RecordFileMap } from '@/verify/testing/record-draft';
import { syntheticRecord } from '@/verify/testing/synthetic-record';
import { editTally, refiled, textIn } from '@/verify/testing/tampering';
import { expect, expectAccessible, expectNoSidewaysScroll, test } from './support/test';

/** The verifier's page: from a disk without any server, and from the site. */
test.use({ viewport: { width: 360, height: 740 } });

let home: string;
let good: string;
let bad: string;
/** Whoever made it up had a checkpoint of the record, and no key. */
let forgedProof: Buffer;

function write(name: string, files: RecordFileMap): string {
  for (const [path, bytes] of files) {
    const target = join(home, name, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, bytes);
  }
  return join(home, name);
}

test.beforeAll(async () => {
  await ensureVerifier();
  home = mkdtempSync(join(tmpdir(), 'minka-verify-page-'));
  const draft = syntheticRecord({ voters: 20, revotesPerCent: 10, batch: 8, live: true, seed: 9 });
  const files = assemble(draft);
  good = write('good', files);
  const { round, closesAt } = draft.manifest;
  const [leaf, signature] = [32, 64].map((length) => Buffer.alloc(length, 7).toString('base64url'));
  const promise = { round, leaf, code: '0000000000000', includeBy: closesAt, signature };
  const checkpoint = textIn(files, 'checkpoint');
  const proof = { kind: 'minka/proof/v1', round, failed: [], promise, checkpoint, seen: null };
  forgedProof = Buffer.from(JSON.stringify(proof));
  bad = write(
    'bad',
    refiled({ draft, files }, (changed) => {
      editTally(changed, (tally) => {
        tally.ballots += 1;
      });
    }),
  );
});
test.afterAll(() => {
  rmSync(home, { recursive: true, force: true });
});

const onDisk = pathToFileURL(resolve(VERIFIER_FOLDER, 'minka-verify.html')).href;

async function verifyFolder(page: Page, folder: string): Promise<void> {
  await page.getByLabel('O elige la carpeta donde copiaste el registro').setInputFiles(folder);
  await page.getByRole('button', { name: 'Verificar esta carpeta' }).click();
}

test('a record on a disk is verified without a server, by keyboard alone', async ({ page }) => {
  await page.goto(onDisk);
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page.getByLabel('O elige la carpeta donde copiaste el registro').setInputFiles(good);
  await page.getByRole('button', { name: 'Verificar esta carpeta' }).focus();
  await page.keyboard.press('Enter');
  const verdict = page.getByText('Todo cuadra. El resultado publicado es el que dan las cédulas.');
  await expect(verdict).toBeFocused();
  await expect(page.getByRole('listitem').filter({ hasText: /V\d+, bien/ })).toHaveCount(15);
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.getByText('Everything adds up.')).toBeVisible();
});

test('a record that does not add up says which check failed and why', async ({ page }) => {
  await page.goto(onDisk);
  await verifyFolder(page, bad);
  await expect(page.getByText('El registro NO cuadra.')).toBeFocused();
  const failed = page.getByRole('listitem').filter({ hasText: 'V10, MAL' });
  await expect(failed).toContainText('El escrutinio anunciado es el correcto');
  await expect(failed).toContainText(/Se anunciaron \d+ cédulas y hay \d+\./);
  await expectAccessible(page);
});

test('a proof that a phone saved is held against the record', async ({ page }) => {
  await page.goto(onDisk);
  await page.getByText('Comparar con un afiche').click();
  const field = page.getByLabel('Prueba que guardó un celular');
  await field.setInputFiles({
    name: 'x.json',
    mimeType: 'application/json',
    buffer: Buffer.from('{}'),
  });
  await verifyFolder(page, good);
  await expect(page.getByRole('alert')).toContainText('Ese archivo no es una prueba de Minka.');
  await page.getByText('Comparar con un afiche').click();
  await field.setInputFiles({ name: 'p.json', mimeType: 'application/json', buffer: forgedProof });
  await expectAccessible(page);
  await verifyFolder(page, good);
  await expect(page.getByText('Todo cuadra.')).toBeFocused();
  await expect(page.getByText('La prueba NO vale')).toBeVisible();
  await expect(page.getByText('la inventaron o la cambiaron')).toBeVisible();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
});

test('what cannot be verified is refused with a sentence that takes the focus', async ({
  page,
}) => {
  await page.goto(onDisk);
  await page.getByRole('button', { name: 'Verificar esta dirección' }).click();
  const problem = page.getByRole('alert');
  await expect(problem).toBeFocused();
  await expect(problem).toContainText('Escribe la dirección del registro o elige una carpeta.');
  await page.getByLabel('Dirección del registro').fill('http://localhost:9/public-record/x/');
  await page.getByRole('button', { name: 'Verificar esta dirección' }).click();
  await expect(page.getByRole('alert')).toContainText('No se pudo leer el registro');
  await verifyFolder(page, home);
  // A folder with two records in it: the first one is taken, never a mixture.
  await expect(page.locator('#verdict, #problem')).toBeVisible();
});

test('the site serves the page with its own policy, and both files to be kept', async ({
  page,
  request,
}) => {
  const response = await page.goto('/verify');
  expect(response?.status()).toBe(200);
  const policy = response?.headers()['content-security-policy'] ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain('unsafe-inline');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    'Comprueba un resultado por tu cuenta',
  );
  await expectAccessible(page);
  for (const file of ['minka-verify.html', 'minka-verify.mjs']) {
    const download = await request.get(`/verify/${file}`);
    expect(download.status()).toBe(200);
    expect(download.headers()['content-disposition']).toBe(`attachment; filename="${file}"`);
  }
  expect((await request.get('/verify/package.json')).status()).toBe(404);
});
