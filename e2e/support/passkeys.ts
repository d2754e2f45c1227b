import type { Page } from '@playwright/test';
import { expect, expectAccessible, visit } from './test';

/** A device that makes and answers passkeys, as a phone with a fingerprint does. */
export async function withAuthenticator(page: Page): Promise<() => Promise<void>> {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return async () => {
    await session.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId });
  };
}

/** Invites somebody under this short name, as the form does; gives the link that was shown. */
export async function invite(admin: Page, id: string, role = 'Regidoras y regidores'): Promise<string> {
  await visit(admin, '/admin/people');
  await admin.getByLabel('Nombre y apellidos').fill('Rosa Huamán');
  await admin.getByLabel('Correo').fill(`${id}@example.pe`);
  await admin.getByLabel('Nombre corto').fill(id);
  await admin.getByLabel(role, { exact: true }).check();
  await admin.getByRole('button', { name: 'Invitar' }).click();
  const link = (await admin.getByTestId('link').textContent()) ?? '';
  expect(link).toContain('/ingresar?enlace=');
  await expectAccessible(admin);
  return link;
}
