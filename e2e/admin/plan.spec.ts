import { enterAs } from '../support/people';
import { expect, expectAccessible, test, told } from '../support/test';

/** A document that is no plan gets one sentence, and changes nothing. */
const NO_PLANS = [
  {
    name: 'cuento.txt',
    content: 'Había una vez una provincia.\nFin.\n',
    sentence: /No parece un plan de gobierno/,
  },
  { name: 'vacio.txt', content: '', sentence: /El archivo está vacío|Elige el archivo del plan/ },
  { name: 'plan.pdf', content: '%PDF-1.7\n%âãÏÓ\n', sentence: /Es un PDF/ },
  {
    name: 'titulos.txt',
    content: '1.- DIMENSIÓN SOCIAL\n2.- DIMENSIÓN ECONÓMICA\n',
    sentence: /ninguna tabla|No parece un plan/,
  },
];

test.beforeEach(async ({ page }) => {
  await enterAs(page, 'demo-admin');
  await page.goto('/admin/plan');
});

for (const { name, content, sentence } of NO_PLANS) {
  test(`${name} is refused with a sentence that says what to do`, async ({ page }) => {
    const before = await page
      .getByRole('heading', { name: 'Documento cargado' })
      .locator('..')
      .innerText();
    await page.getByLabel('Archivo del plan').setInputFiles({
      name,
      mimeType: 'text/plain',
      buffer: Buffer.from(content),
    });
    await page.getByRole('button', { name: 'Ver qué cambia' }).click();
    const summary = told(page, 'alert').filter({ hasText: 'Hay un problema' });
    await expect(summary).toContainText(sentence);
    await expect(summary).toBeFocused();
    await expectAccessible(page);
    await page.goto('/admin/plan');
    const after = await page
      .getByRole('heading', { name: 'Documento cargado' })
      .locator('..')
      .innerText();
    expect(after).toBe(before);
  });
}

test('the title of an objective can be edited, and residents read the new one', async ({
  page,
}) => {
  const words = page.getByRole('textbox', { name: /Título corto, en español/ });
  const rename = async (title: string) => {
    await page.goto('/admin/plan/SOC-1-O1');
    await words.fill(title);
    await page
      .getByRole('button', { name: /Guardar/ })
      .first()
      .click();
    await expect(page).toHaveURL(/\/admin\/plan\/SOC-1-O1\?saved=1/);
    await expectAccessible(page);
    await page.goto('/plan/SOC-1');
    await expect(page.getByText(title).first()).toBeVisible();
  };
  await page.goto('/admin/plan/SOC-1-O1');
  const old = await words.inputValue();
  await rename(`${old} (hoy)`);
  await rename(old);
});
