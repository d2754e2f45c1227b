import { migrateBallotBox } from '@/db/ballot-box/migrate';
import { migrateRegistry } from '../supervisor/databases';

/** For production: brings both databases up to date, each with its own owner's connection. */
const { DATABASE_OWNER_URL, BALLOT_BOX_DATABASE_OWNER_URL } = process.env;

if (!DATABASE_OWNER_URL || !BALLOT_BOX_DATABASE_OWNER_URL) {
  console.error(
    'Faltan DATABASE_OWNER_URL y BALLOT_BOX_DATABASE_OWNER_URL: las conexiones del dueño de cada base de datos.',
  );
  process.exit(1);
}
await migrateRegistry(DATABASE_OWNER_URL);
await migrateBallotBox(BALLOT_BOX_DATABASE_OWNER_URL);
console.log('Las dos bases de datos están al día.');
process.exit(0);
