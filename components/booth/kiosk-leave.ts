import { changeVote, forgetEverything } from './store';

/** How somebody leaves a kiosk: with the vote cast, without it, or for a moment. */
export type Leaving = 'voted' | 'left' | 'paused';

/**
 * Wipes the kiosk, as far as a page can, and tells the desk's server how it ended: it forgets the
 * session and answers with the waiting page. After a pause the same person comes back: what was
 * marked goes, the key of the activated vote stays, because it exists nowhere else.
 */
export async function leaveKioskAs(as: Leaving, voteId: string): Promise<void> {
  try {
    if (as === 'paused') await changeVote(voteId, (held) => ({ ...held, draft: null }));
    else await wipeKiosk();
  } finally {
    await serverAnswers();
    // A form and no fetch: the page itself goes, with everything it holds in memory.
    const form = document.createElement('form');
    form.method = 'post';
    form.action = '/kiosco/fin';
    const field = document.createElement('input');
    field.type = 'hidden';
    field.name = 'as';
    field.value = as;
    form.append(field);
    document.body.append(form);
    form.submit();
  }
}

const ASK_AGAIN_MS = 2000;

/** Waits for the network: without it the browser would leave for an error page of its own. */
async function serverAnswers(): Promise<void> {
  for (;;) {
    try {
      await fetch('/kiosco', { method: 'HEAD', cache: 'no-store', redirect: 'manual' });
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
    }
  }
}

/** Nothing of anybody is left in this browser. */
export async function wipeKiosk(): Promise<void> {
  sessionStorage.clear();
  localStorage.clear();
  await forgetEverything();
}
