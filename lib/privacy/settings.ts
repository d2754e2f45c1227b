import 'server-only';
import { webEnv } from '@/lib/env';

export interface PrivacySettings {
  /** Whom people write to about their data, as the page shows it; null: the desk and the telephone. */
  readonly contact: string | null;
  /** Number in the Registro Nacional de Protección de Datos Personales; null: not registered yet. */
  readonly registration: string | null;
  readonly holidays: ReadonlySet<string>;
  readonly challengeDays: number;
}

/** What this municipality has set about personal data. */
export function privacySettings(): PrivacySettings {
  const env = webEnv();
  return {
    contact: env.MINKA_PRIVACY_CONTACT === '' ? null : env.MINKA_PRIVACY_CONTACT,
    registration: env.MINKA_PRIVACY_REGISTRATION === '' ? null : env.MINKA_PRIVACY_REGISTRATION,
    holidays: new Set(env.MINKA_EXTRA_HOLIDAYS),
    challengeDays: env.MINKA_RESULT_CHALLENGE_DAYS,
  };
}
