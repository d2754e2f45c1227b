import type { Language } from '../words/words';

/** What the page says besides the report. */
export const PAGE_WORDS = {
  es: {
    title: 'Comprueba un resultado por tu cuenta',
    lead: 'Esta página lee el registro público de una votación y hace de nuevo todas las comprobaciones y el escrutinio en tu propio equipo. No envía nada a nadie.',
    copy: 'Puedes guardarla en un USB y usarla sin internet.',
    download: 'Descargar esta página',
    language: 'English',
    address: 'Dirección del registro',
    addressHint: 'Termina en /public-record/ y el nombre de la votación.',
    choose: 'Votación',
    verifyAddress: 'Verificar esta dirección',
    folder: 'O elige la carpeta donde copiaste el registro',
    verifyFolder: 'Verificar esta carpeta',
    more: 'Comparar con un afiche o con una copia antigua',
    hash: 'Huella del manifiesto, como está en el afiche',
    hashHint: '43 letras, números y guiones.',
    since: 'Constancia antigua que guardaste (archivo «checkpoint»)',
    working: 'Verificando',
    result: 'Resultado',
    checks: 'Comprobaciones',
    data: 'Datos del registro',
    save: 'Guardar el informe (JSON)',
    again: 'Verificar otro registro',
    problem: 'Hay un problema',
    needPlace: 'Escribe la dirección del registro o elige una carpeta.',
    badHash: 'La huella del manifiesto tiene 43 letras, números, guiones o guiones bajos.',
    oldBrowser:
      'Tu navegador no sabe comprobar firmas Ed25519. Usa una versión reciente de Firefox, Chrome o Safari, o el verificador para Node.',
    insecure:
      'El navegador solo comprueba firmas en páginas seguras (https) o abiertas desde tu equipo. Descarga esta página y ábrela desde tu disco.',
  },
  en: {
    title: 'Check a result yourself',
    lead: 'This page reads the public record of a round and does all the checks and the count again on your own device. It sends nothing to anybody.',
    copy: 'You can keep it on a USB stick and use it without a network.',
    download: 'Download this page',
    language: 'Español',
    address: 'Address of the record',
    addressHint: 'It ends with /public-record/ and the name of the round.',
    choose: 'Round',
    verifyAddress: 'Check this address',
    folder: 'Or choose the folder to which you copied the record',
    verifyFolder: 'Check this folder',
    more: 'Compare with a poster or with an older copy',
    hash: 'Hash of the manifest, as it stands on the poster',
    hashHint: '43 letters, digits and hyphens.',
    since: 'Older checkpoint that you kept (file “checkpoint”)',
    working: 'Checking',
    result: 'Result',
    checks: 'Checks',
    data: 'Data of the record',
    save: 'Save the report (JSON)',
    again: 'Check another record',
    problem: 'There is a problem',
    needPlace: 'Type the address of the record or choose a folder.',
    badHash: 'The hash of the manifest has 43 letters, digits, hyphens or underscores.',
    oldBrowser:
      'Your browser cannot check Ed25519 signatures. Use a recent Firefox, Chrome or Safari, or the verifier for Node.',
    insecure:
      'The browser checks signatures only on secure pages (https) or pages opened from your device. Download this page and open it from your disk.',
  },
} as const satisfies Record<Language, Record<string, string>>;

export type PageWords = (typeof PAGE_WORDS)[Language];
