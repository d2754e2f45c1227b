import { resolve } from 'node:path';
import { Contradiction, mirrorRecord, NotARecord } from '@/verify/node/mirror';
import { FileTooLarge, SourceAway } from '@/verify/source';
import { urlSource } from '@/verify/url-source';

/**
 * `npm run -s record:mirror -- URL FOLDER`: copies a public record, or brings a copy up to date. Exit
 * code 0: done; 1: the record contradicts the copy; 2: bad usage, unreachable, or no record there.
 */
const USAGE = 'Uso: npm run -s record:mirror -- DIRECCIÓN CARPETA';

async function main([address, typed, ...more]: string[]): Promise<0 | 1 | 2> {
  const say = (text: string): void => {
    process.stderr.write(`${text}\n`);
  };
  if (address === undefined || typed === undefined || more.length > 0) {
    say(USAGE);
    return 2;
  }
  if (!/^https?:\/\//.test(address) || !URL.canParse(address)) {
    say(`«${address}» no es una dirección http(s).\n${USAGE}`);
    return 2;
  }
  // npm runs a script in the project's folder; the person typed a path relative to hers.
  const folder = resolve(process.env['INIT_CWD'] ?? '.', typed);
  try {
    const { index, fetched, present } = await mirrorRecord(urlSource(address), folder, (path) => {
      if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${path}`);
    });
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
    const summary = { round: index.round, state: index.state, size: index.size, fetched, present };
    process.stdout.write(`${JSON.stringify({ ...summary, folder })}\n`);
    return 0;
  } catch (error) {
    if (error instanceof Contradiction) {
      say(
        `El registro contradice la copia que ya tenías (${error.file}). La copia no se tocó; lo que se sirvió ahora quedó en ${error.kept}. Avisa al comité de vigilancia y no borres nada.`,
      );
      return 1;
    }
    if (error instanceof NotARecord || error instanceof FileTooLarge) {
      say(`En esa dirección no hay un registro público completo (${error.message}).`);
    } else if (error instanceof SourceAway) {
      say(
        `No se pudo copiar: no hay conexión o el servidor no responde (${error.message}). Vuelve a intentarlo; lo copiado se conserva.`,
      );
    } else {
      throw error;
    }
    return 2;
  }
}

process.exitCode = await main(process.argv.slice(2));
