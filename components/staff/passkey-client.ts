import { startAuthentication, startRegistration } from '@simplewebauthn/browser';

export type PasskeyProblem =
  /** The person closed the window, or the device has no passkey for this site. */
  'cancelled' | 'unsupported' | 'link-spent' | 'not-verified' | 'too-many' | 'offline';

export type PasskeyOutcome =
  | { readonly ok: true; readonly home: string }
  | { readonly ok: false; readonly problem: PasskeyProblem };

/** Signs in with any passkey of this site. */
export async function signIn(): Promise<PasskeyOutcome> {
  return answerWith('/api/passkeys/sign-in');
}

/** Shows again, within an open session, that its person is there. */
export async function stepUp(): Promise<PasskeyOutcome> {
  return answerWith('/api/passkeys/step-up');
}

function answerWith(path: string): Promise<PasskeyOutcome> {
  return dance(path, {}, async (options) => ({
    response: await startAuthentication({
      optionsJSON: options as Parameters<typeof startAuthentication>[0]['optionsJSON'],
    }),
  }));
}

/** Makes a passkey on this device with a link, and signs in with it. */
export async function enrol(ticket: string, name: string): Promise<PasskeyOutcome> {
  return dance('/api/passkeys/enrol', { ticket }, async (options) => ({
    ticket,
    name,
    response: await startRegistration({
      optionsJSON: options as Parameters<typeof startRegistration>[0]['optionsJSON'],
    }),
  }));
}

async function dance(
  path: string,
  question: object,
  respond: (options: unknown) => Promise<object>,
): Promise<PasskeyOutcome> {
  if (!('PublicKeyCredential' in globalThis)) return { ok: false, problem: 'unsupported' };
  const asked = await post(`${path}/options`, question);
  if (!asked.ok) return asked;
  let response: object;
  try {
    response = await respond(asked.answer);
  } catch {
    return { ok: false, problem: 'cancelled' };
  }
  const done = await post(path, response);
  if (!done.ok) return done;
  const { home } = done.answer as { readonly home: string };
  return { ok: true, home };
}

async function post(
  path: string,
  body: object,
): Promise<
  | { readonly ok: true; readonly answer: unknown }
  | { readonly ok: false; readonly problem: PasskeyProblem }
> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const answer = (await response.json()) as { readonly reason?: unknown };
    if (response.ok) return { ok: true, answer };
    if (response.status === 429 || response.status === 503) {
      return { ok: false, problem: 'too-many' };
    }
    return { ok: false, problem: answer.reason === 'link-spent' ? 'link-spent' : 'not-verified' };
  } catch {
    return { ok: false, problem: 'offline' };
  }
}
