import postgres from 'postgres';

export type BallotBox = postgres.Sql;

/**
 * The ballot box's database. A write is answered after its commit has reached the disk; a database
 * that does not answer is given up on, and the ballot counts as not recorded.
 */
export function connectBallotBox(url: string, connections = 10): BallotBox {
  return postgres(url, {
    max: connections,
    connect_timeout: 5,
    onnotice: () => undefined,
    // Asked for at every connection, and nobody would catch it when that connection is killed: the
    // whole process would end. Lists travel as text instead.
    fetch_types: false,
    connection: {
      application_name: 'minka-ballot-box',
      synchronous_commit: 'on',
      statement_timeout: 30_000,
    },
  });
}
