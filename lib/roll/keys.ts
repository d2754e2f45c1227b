import 'server-only';
import { webEnv } from '@/lib/env';
import { personKeys } from './person-crypto';
import type { RollKeys } from './types';

/** The roll's secrets as the web process was given them. */
export function rollKeys(): RollKeys {
  const { MINKA_DNI_KEY, MINKA_ROLL_KEY, MINKA_PERSON_KEYS } = webEnv();
  return { dniKey: MINKA_DNI_KEY, people: personKeys(MINKA_ROLL_KEY, MINKA_PERSON_KEYS) };
}
