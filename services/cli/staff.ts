import { parseArgs } from 'node:util';
import { closeRegistry, registry } from '@/db/registry/client';
import { STAFF_ROLES } from '@/db/registry/schema';
import { addStaff } from '@/lib/auth/commands';
import { mintTicket } from '@/lib/auth/tickets';
import { loadDemoEnv } from '../supervisor/demo-env';

/**
 * `npm run -s staff -- add --id ID --name NAME --email E --role ROLE [--role ROLE]`
 * `npm run -s staff -- link --id ID`: a link to register a passkey, good once and for a day.
 */
const HELP = `Uso:
  npm run -s staff -- add --id maria --name "María Quispe" --email maria@muni.pe --role councillor
  npm run -s staff -- link --id maria
Roles: ${STAFF_ROLES.join(', ')}`;

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      id: { type: 'string' },
      name: { type: 'string' },
      email: { type: 'string' },
      role: { type: 'string', multiple: true },
    },
  });
  const [verb] = positionals;
  if ((verb !== 'add' && verb !== 'link') || !values.id) return refuse(HELP);
  loadDemoEnv();
  if (!process.env['DATABASE_URL']) {
    return refuse(
      'Falta DATABASE_URL. Arranca la demostración (npm run demo) o indica la base de datos del registro.',
    );
  }
  return verb === 'add' ? add(values.id, values) : link(values.id);
}

async function add(
  id: string,
  values: { name?: string | undefined; email?: string | undefined; role?: string[] | undefined },
): Promise<number> {
  const roles = STAFF_ROLES.filter((role) => values.role?.includes(role));
  if (!values.name || !values.email || roles.length === 0 || roles.length !== values.role?.length)
    return refuse(HELP);
  const person = { id, displayName: values.name, email: values.email, roles };
  const added = await addStaff(registry(), { kind: 'operator' }, person);
  if (!added.ok) return refuse(`Ya hay una persona con el identificador «${id}» o con ese correo.`);
  console.log(
    `Listo: ${values.name} (${roles.join(', ')}). Para que entre: npm run -s staff -- link --id ${id}`,
  );
  return 0;
}

async function link(id: string): Promise<number> {
  const minted = await mintTicket(registry(), { kind: 'operator' }, id, 'enrol');
  if (!minted.ok) return refuse(`No hay nadie activo con el identificador «${id}».`);
  const site = process.env['MINKA_SITE_URL'] ?? 'http://localhost:3000';
  console.log(`${site}/ingresar?enlace=${minted.value}`);
  return 0;
}

function refuse(sentence: string): number {
  console.error(sentence);
  return 1;
}

process.exitCode = await main();
await closeRegistry();
