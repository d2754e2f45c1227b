import { createHash } from 'node:crypto';
import type { ConsentKind } from './types';

/**
 * What people are told before they give us their data (Ley N.° 29733, art. 18), version by version.
 * These words stand here and not with the other texts because they are evidence: their hash is kept
 * with every acceptance. A version that was shown is never edited; a change is a new one at the end.
 */
export interface Consent {
  readonly kind: ConsentKind;
  /** From 1. */
  readonly version: number;
  readonly es: string;
  readonly en: string;
}

const CONSENTS: readonly Consent[] = [
  {
    kind: 'verification',
    version: 1,
    es: 'La municipalidad usa tu número de DNI y el celular que figura en el padrón solo para comprobar que eres tú y enviarte un código. Los guarda en su banco de datos «Padrón de votantes», protegidos, y no los entrega a nadie más que a la empresa que lleva el mensaje. Tu voto se guarda aparte, sin nada que lleve a ti. Puedes ver, corregir o pedir que se borren tus datos en la página Privacidad o en la mesa.',
    en: 'The municipality uses your DNI number and the phone on the roll only to check that it is you and to send you a code. It keeps them, protected, in its data bank “Padrón de votantes” and gives them to nobody but the company that carries the message. Your vote is kept apart, with nothing that leads to you. You can see, correct or ask to erase your data on the Privacy page or at the desk.',
  },
  {
    kind: 'agent',
    version: 1,
    es: 'Acepto que la municipalidad publique mi nombre, mi organización y mi distrito en la lista de agentes participantes del proceso, mientras dure y en su expediente. Mi número de DNI y mi constancia no se publican. Puedo retirar mi inscripción antes de la acreditación y ejercer mis derechos sobre estos datos en la página Privacidad o en la mesa.',
    en: 'I accept that the municipality publishes my name, my organisation and my district in the list of participating agents of the process, for as long as it lasts and in its file. My DNI number and my certificate are not published. I can withdraw before accreditation and exercise my rights over these data on the Privacy page or at the desk.',
  },
];

/** The words that are shown now. */
export function currentConsent(kind: ConsentKind): Consent {
  const latest = CONSENTS.filter((one) => one.kind === kind).at(-1);
  if (latest === undefined) throw new Error(`No consent of kind ${kind}`);
  return latest;
}

/** SHA-256 over kind, version and both languages. */
export function consentHash({ kind, version, es, en }: Consent): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([kind, version, es, en]))
    .digest();
}

/** Every version, for the test that pins their hashes. */
export function everyConsent(): readonly Consent[] {
  return CONSENTS;
}
