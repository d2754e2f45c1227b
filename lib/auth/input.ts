import { z } from 'zod';
import { STAFF_ROLES } from '@/db/registry/schema';

/** What a browser sends after WebAuthn; the library reads what is inside the encoded parts. */

const encoded = z.string().min(1).max(20_000);
const common = {
  id: z.string().min(1).max(2048),
  rawId: z.string().min(1).max(2048),
  type: z.literal('public-key'),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).exactOptional(),
  clientExtensionResults: z.looseObject({}),
};

const assertion = z.strictObject({
  ...common,
  response: z.strictObject({
    clientDataJSON: encoded,
    authenticatorData: encoded,
    signature: encoded,
    userHandle: z.string().max(200).exactOptional(),
  }),
});

const attestation = z.strictObject({
  ...common,
  response: z.strictObject({
    clientDataJSON: encoded,
    attestationObject: encoded,
    authenticatorData: encoded.exactOptional(),
    transports: z
      .array(z.enum(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb']))
      .exactOptional(),
    publicKeyAlgorithm: z.number().int().exactOptional(),
    publicKey: encoded.exactOptional(),
  }),
});

export const signInInput = z.strictObject({ response: assertion });
export const enrolOptionsInput = z.strictObject({ ticket: z.string().min(1).max(100) });
export const enrolInput = z.strictObject({
  ticket: z.string().min(1).max(100),
  name: z.string().trim().min(1).max(60),
  response: attestation,
});

export type AssertionResponse = z.infer<typeof assertion>;
export type AttestationResponse = z.infer<typeof attestation>;

const staffId = z.string().regex(/^[a-z][a-z0-9.-]{1,39}$/);
const roles = z.array(z.enum(STAFF_ROLES)).min(1).max(STAFF_ROLES.length);

export const personInput = z.strictObject({
  id: staffId,
  displayName: z.string().trim().min(3).max(100),
  email: z.email().max(200),
  roles,
  reason: z.string().max(500),
});
export const rolesInput = z.strictObject({
  staffId: z.string().min(1).max(80),
  roles,
  reason: z.string().max(500),
});
export const reasonInput = z.strictObject({
  staffId: z.string().min(1).max(80),
  reason: z.string().trim().min(1).max(500),
});
export const decisionInput = z.strictObject({
  approvalId: z.uuid(),
  decision: z.enum(['approved', 'declined']),
});
