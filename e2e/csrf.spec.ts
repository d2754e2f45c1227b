import { expect, hiddenFields, test } from './support/test';
import { enterAs } from './support/people';
import { stackEnv } from './support/stack';

test('a form of another site cannot act for a signed-in administrator', async ({
  page,
  baseURL,
}) => {
  await enterAs(page, 'demo-admin');
  await page.goto('/admin/plan');
  const multipart = await hiddenFields(page.locator('form:has(input[type=file])'));
  const foreign = await page.request.post('/admin/plan', {
    headers: { origin: 'https://otro-sitio.example' },
    multipart,
  });
  expect(foreign.status()).toBe(403);
  // The same request from our own page is heard: what was refused above is the origin alone.
  const own = await page.request.post('/admin/plan', {
    headers: { origin: baseURL ?? '' },
    multipart,
  });
  expect(own.status()).toBe(200);
});

test('the ballot box answers scripts of the site only', async ({ request, baseURL }) => {
  const box = stackEnv()['MINKA_BALLOT_BOX_URL'] ?? '';
  const preflight = (origin: string) =>
    request.fetch(`${box}/v1/ballots`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
    });
  const own = await preflight(baseURL ?? '');
  expect(own.headers()['access-control-allow-origin']).toBe(baseURL);
  expect(own.headers()['access-control-allow-credentials']).toBeUndefined();
  const foreign = await preflight('https://otro-sitio.example');
  expect(foreign.headers()['access-control-allow-origin']).not.toBe('https://otro-sitio.example');
  expect(foreign.headers()['access-control-allow-origin']).not.toBe('*');
  // What a form of another site could send without a preflight is not even read as a ballot.
  const form = await request.post(`${box}/v1/ballots`, {
    headers: { 'content-type': 'text/plain', origin: 'https://otro-sitio.example' },
    data: '{}',
  });
  expect(form.status()).toBe(422);
});
