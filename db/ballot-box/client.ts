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
    connection: {
      application_name: 'minka-ballot-box',
      synchronous_commit: 'on',
      statement_timeout: 30_000,
    },
  });
}
