import { expect, it } from 'vitest';
import { GET } from './route';

it('the outbox does not exist outside the demonstration', async () => {
  Object.assign(process.env, {
    DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing',
    MINKA_SITE_URL: 'http://localhost:3000',
    MINKA_BALLOT_BOX_URL: 'http://localhost:3001',
    MINKA_SESSION_SECRET: 's'.repeat(32),
    MINKA_DNI_KEY: 'd'.repeat(32),
    MINKA_ROLL_KEY: 'r'.repeat(32),
    MINKA_ISSUER_SOCKET: '/nowhere',
    MINKA_DEMO: '0',
  });
  const response = await GET(new Request('http://localhost:3000/demo/outbox.json?phone=900000001'));
  expect(response.status).toBe(404);
  expect(await response.text()).toBe('');
});
