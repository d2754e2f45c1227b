import { planText } from './fixtures/plan-text';
import { enterAs } from './support/people';
import { expect, expectAccessible, test, told, visit } from './support/test';

/** The loop begins here, before any vote: afterwards a vote keeps the plan's words as they are. */
test('the administrator imports the plan, and everybody reads it', async ({ page }) => {
  await enterAs(page, 'demo-admin');
  await visit(page, '/admin/plan');
  await page.getByLabel('Archivo del plan').setInputFiles({
    name: 'plan-de-prueba.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from(planText()),
  });
  await page.getByRole('button', { name: 'Ver qué cambia' }).click();
  await expect(told(page, 'status')).toContainText(
    '12 filas, 17 problemas, 53 objetivos y 16 metas',
  );
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Guardar estos textos' }).click();
  await expect(told(page, 'status')).toContainText('El plan se guardó');
  await expect(page.getByText('plan-de-prueba.txt')).toBeVisible();
  await visit(page, '/plan');
  await visit(page, '/plan/INS-2');
});
