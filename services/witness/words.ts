import type { Breach, Sighting } from './look';

/** What a witness says at the terminal, in Spanish as every command of Minka. */

const BREACHES: Record<Breach, string> = {
  'other-manifest': 'el manifiesto no es el de la primera hoja de su registro',
  'not-signed': 'el punto de control no está firmado con la clave de su manifiesto',
  shrunk: 'el registro se achicó: hojas que ya se habían publicado no están',
  forked: 'hay dos registros distintos del mismo tamaño, los dos firmados',
  rewritten: 'lo que ya se había visto no es el comienzo de lo que se muestra ahora',
};

const leaves = (count: number): string => `${String(count)} ${count === 1 ? 'hoja' : 'hojas'}`;

/** One or a few lines; a breach is meant to be seen. */
export function sentence(sighting: Sighting): string {
  const { round } = sighting;
  if (sighting.kind === 'away') return `${round}: no se pudo mirar (${sighting.detail}).`;
  if (sighting.kind === 'breach') {
    return [
      '',
      `¡ALERTA! ${round}: ${BREACHES[sighting.breach]}.`,
      'Este testigo NO lo firma. Avisa a los demás testigos y a la prensa, y guarda la prueba:',
      `  ${sighting.evidence}`,
      '',
    ].join('\n');
  }
  const seen = `${round}: ${leaves(sighting.size)}, ${String(sighting.fresh)} por primera vez, todo consistente`;
  const { cosignature } = sighting;
  if (typeof cosignature === 'object') {
    return `${seen}; la urna no recibió la firma (${cosignature.refused}).`;
  }
  return {
    sent: `${seen}; firma entregada.`,
    present: `${seen}; la firma ya está en el registro.`,
    unnamed: `${seen}; el manifiesto no nombra a este testigo: la firma queda en su carpeta.`,
  }[cosignature];
}

export const USAGE = `Uso:
  npm run -s witness -- --init --key ARCHIVO --name NOMBRE
  npm run -s witness -- URL… --key ARCHIVO [--once] [--state CARPETA] [--interval SEGUNDOS]
URL es la dirección de una urna (todas sus votaciones) o URL/public-record/VOTACIÓN.`;
