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

async function fillInvitation(admin: Page, id: string, role: string): Promise<void> {
  await visit(admin, '/admin/people');
  await admin.getByLabel('Nombre y apellidos').fill('Rosa Huamán');
  await admin.getByLabel('Correo').fill(`${id}@example.pe`);
  await admin.getByLabel('Nombre corto').fill(id);
  await admin.getByLabel(role, { exact: true }).check();
}

async function shownLink(page: Page): Promise<string> {
  const link = (await page.getByTestId('link').textContent()) ?? '';
  expect(link).toContain('/ingresar?enlace=');
  return link;
}

/** Invites somebody under this short name, as the form does; gives the link that was shown. */
export async function invite(admin: Page, id: string): Promise<string> {
  await fillInvitation(admin, id, 'Regidoras y regidores');
  await admin.getByRole('button', { name: 'Invitar' }).click();
  const link = await shownLink(admin);
  await expectAccessible(admin);
  return link;
}

/** Invites an administrator: one asks and gets no link, another accepts and gets it. */
export async function inviteByTwo(first: Page, second: Page, id: string): Promise<string> {
  await fillInvitation(first, id, 'Administración');
  await first.getByRole('button', { name: 'Invitar' }).click();
  await expect(first.getByText('Escribe la razón', { exact: true })).toBeVisible();
  await first.getByLabel('Razón', { exact: true }).fill('Entra por concurso en enero');
  await first.getByRole('button', { name: 'Invitar' }).click();
  await expect(first.getByText('recibirá el enlace para dárselo')).toBeVisible();
  await expect(first.getByTestId('link')).toHaveCount(0);
  await visit(first, `/admin/people/${id}`);
  await expect(first.getByText('Se pidieron otros cargos.')).toBeVisible();
  await expect(first.getByRole('button', { name: 'Hacer un enlace' })).toHaveCount(0);
  await expectAccessible(first);

  await visit(second, '/admin/approvals');
  const asked = second.locator('section').filter({ hasText: id });
  await expect(asked.getByText('tendrá estos cargos: Administración.')).toBeVisible();
  await asked.getByRole('button', { name: 'Aceptar', exact: true }).click();
  return shownLink(second);
}
