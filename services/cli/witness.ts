import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { follow, followOnce, type Following } from '../witness/follow';
import { BadKey, createKey, environmentText, publicText, readKey } from '../witness/key';
import type { Signer } from '../witness/key';
import { Forgotten } from '../witness/memory';
import { placeOf, type Place } from '../witness/remote';
import { sentence, USAGE } from '../witness/words';

/**
 * `npm run -s witness -- URL --key FILE`: follows the public record of one or more rounds from
 * outside, recomputes every root from the leaves, and cosigns what only grew. Whoever runs it needs
 * no trust in Minka: it reads public files and keeps its own key and memory.
 */

class BadOrder extends Error {}

/** npm runs a script in the project's folder; the person typed a path relative to hers. */
function pathOf(file: string): string {
  return resolve(process.env['INIT_CWD'] ?? '.', file);
}

interface Order {
  readonly places: Place[];
  readonly key: string;
  readonly name: string | null;
  readonly once: boolean;
  readonly folder: string;
  readonly everyMs: number;
}

function readOrder(): Order {
  let read;
  try {
    read = parseArgs({
      allowPositionals: true,
      options: {
        key: { type: 'string' },
        init: { type: 'boolean', default: false },
        name: { type: 'string' },
        once: { type: 'boolean', default: false },
        state: { type: 'string' },
        interval: { type: 'string', default: '60' },
      },
    });
  } catch {
    throw new BadOrder('No entendí la orden.');
  }
  const { values, positionals } = read;
  if (values.key === undefined) throw new BadOrder('Falta --key ARCHIVO.');
  const key = pathOf(values.key);
  const seconds = Number(values.interval);
  if (!Number.isFinite(seconds) || seconds < 1 || seconds > 86_400) {
    throw new BadOrder('--interval va de 1 a 86400 segundos.');
  }
  const places = positionals.map((address) => {
    const place = placeOf(address);
    if (place === null) throw new BadOrder(`${address} no es la dirección de una urna.`);
    return place;
  });
  if (values.init !== (values.name !== undefined) || values.init === places.length > 0) {
    throw new BadOrder(values.init ? 'Con --init va --name y ninguna URL.' : 'Falta la URL.');
  }
  return {
    places,
    key,
    name: values.name ?? null,
    once: values.once,
    folder: values.state === undefined ? `${key}.state` : pathOf(values.state),
    everyMs: seconds * 1000,
  };
}

function introduce(signer: Signer): void {
  console.log(`Clave pública:      ${publicText(signer)}`);
  console.log(`MINKA_WITNESSES:    ${environmentText(signer)}`);
  console.log('Entrega la segunda línea a la municipalidad antes de que abra la votación.');
}

async function main(): Promise<number> {
  const order = readOrder();
  if (order.name !== null) {
    introduce(await createKey(order.key, order.name));
    return 0;
  }
  const following: Following = {
    places: order.places,
    signer: await readKey(order.key),
    folder: order.folder,
    tell: (sighting) => {
      (sighting.kind === 'consistent' ? console.log : console.error)(sentence(sighting));
    },
  };
  if (order.once) return (await followOnce(following)) ? 0 : 1;
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => {
      stop.abort();
    });
  }
  await follow(following, order.everyMs, stop.signal);
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.exitCode = 1;
  if (error instanceof BadOrder) {
    console.error(`${error.message}\n${USAGE}`);
    process.exitCode = 2;
  } else if (error instanceof BadKey) console.error(error.message);
  else if (error instanceof Forgotten) {
    console.error(
      `¡ALERTA! La memoria de este testigo (${error.message}) está dañada. Recupérala de una copia: sin ella no puede saber si el registro cambió.`,
    );
  } else if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
    console.error('Ese archivo de clave ya existe; no se cambia.');
  } else if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
    console.error('No se encuentra el archivo de la clave. Créalo con --init.');
  } else throw error;
}
