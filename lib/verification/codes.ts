import type { RegistryDatabase } from '@/db/registry/client';
import { enqueueSms } from '@/lib/notices/queue';
import { confirmCode, requestCode } from '@/lib/roll/commands';
import { codeInput } from '@/lib/roll/input';
import { openPhone } from '@/lib/roll/secrets';
import {
  CODE_LIFETIME_MINUTES,
  type ConfirmCodeRefusal,
  type RequestCodeRefusal,
  type RollKeys,
} from '@/lib/roll/types';
import { refuse, ok } from '@/lib/shared/result';
import { letterCodeInput } from './letter-code';
import type { VerificationAdapter, VerificationWish } from './types';

type CodeAdapter = VerificationAdapter<RequestCodeRefusal, ConfirmCodeRefusal | CodeProblem>;
type CodeProblem = 'empty' | 'malformed';

/**
 * A code of six digits to the phone on the roll. The message is written in the transaction of the
 * attempt, for somebody and for nobody alike, and leaves later.
 * `words`: what the message says around its code.
 */
export function smsCodes(
  db: RegistryDatabase,
  keys: RollKeys,
  words: (code: string, purpose: VerificationWish['purpose']) => string,
): CodeAdapter {
  return {
    channel: 'sms',
    async start({ roundId, purpose, dni }) {
      if (dni === null) return refuse('round-not-open');
      let messageId = '';
      const asked = await requestCode(db, keys, { roundId, purpose, dni }, async (tx, made) => {
        const { code, phoneSealed } = made;
        const body = words(`${code.slice(0, 3)} ${code.slice(3)}`, purpose);
        const phone = phoneSealed === null ? null : openPhone(keys.people, phoneSealed);
        const message = phone === null ? null : { phone, body };
        messageId = await enqueueSms(tx, keys.people, message, CODE_LIFETIME_MINUTES);
      });
      if (!asked.ok) return asked;
      return ok({ attemptToken: asked.value.attemptToken, goTo: null, messageId });
    },
    async check(attemptToken, secret) {
      const code = codeInput.safeParse(secret);
      if (!code.success) return refuse(secret.trim() === '' ? 'empty' : 'malformed');
      return confirmCode(db, keys, { attemptToken, code: code.data });
    },
  };
}

/** The code of a printed letter, with the whole DNI: either alone opens nothing. */
export function letterCodes(db: RegistryDatabase, keys: RollKeys): CodeAdapter {
  return {
    channel: 'letter',
    async start({ roundId, purpose, dni }) {
      // A letter opens the vote and nothing else: asking about oneself must not use it up.
      if (dni === null || purpose !== 'vote') return refuse('round-not-open');
      const asked = await requestCode(db, keys, { roundId, purpose, dni, channel: 'letter' });
      if (!asked.ok) return asked;
      return ok({ attemptToken: asked.value.attemptToken, goTo: null, messageId: null });
    },
    async check(attemptToken, secret) {
      const code = letterCodeInput(secret);
      if (code === null) return refuse(secret.trim() === '' ? 'empty' : 'malformed');
      return confirmCode(db, keys, { attemptToken, code });
    },
  };
}
