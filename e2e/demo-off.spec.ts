import { expect, hiddenFields, test } from './support/test';
import { startSecondWeb, stackEnv, type SecondWeb } from './support/stack';

/** The pages that stand in for phones and passwords exist in the demonstration and nowhere else. */
const DEMO_ONLY = [
  '/demo',
  '/demo/outbox',
  '/demo/outbox.json',
  '/demo/outbox.json?phone=900000001',
];

for (const setting of ['0', undefined]) {
  test.describe(`with MINKA_DEMO ${setting === undefined ? 'not set' : `= ${setting}`}`, () => {
    let web: SecondWeb;

    test.beforeAll(async () => {
      const port = Number(stackEnv()['PORT']) + 20;
      web = await startSecondWeb(port, { MINKA_DEMO: setting });
    });
    test.afterAll(() => web.stop());

    for (const path of DEMO_ONLY) {
      test(`${path} does not exist`, async ({ request }) => {
        const response = await request.get(`${web.url}${path}`);
        expect(response.status()).toBe(404);
        expect(await response.text()).not.toContain('99000001');
      });
    }

    test('the sign-in page offers nobody', async ({ page }) => {
      await page.goto(`${web.url}/ingresar`);
      await expect(page.getByRole('link', { name: /demostración/ })).toHaveCount(0);
    });

    test('the one-click sign-in does not sign in', async ({ page, request }) => {
      // The hidden fields of the demonstration's form, sent to the site that is none.
      await page.goto('/demo');
      const fields = await hiddenFields(
        page.locator('form:has(input[name=person][value=demo-admin])'),
      );
      const response = await request.post(`${web.url}/ingresar`, {
        headers: { origin: web.url },
        multipart: fields,
        maxRedirects: 0,
      });
      expect(response.headers()['set-cookie'] ?? '').not.toContain('session');
      const admin = await request.get(`${web.url}/admin`, { maxRedirects: 0 });
      expect(admin.status()).toBe(307);
    });
  });
}
