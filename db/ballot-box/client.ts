import postgres from 'postgres';

export type BallotBox = postgres.Sql;

/**
 * The ballot box's database. A write is answered after its commit has reached the disk; a database
 * that does not answer is given up on, and the ballot counts as not recorded.
 */
export function connectBallotBox(
  url: string,
  connections = 10,
  statementTimeoutMs = 30_000,
): BallotBox {
  const options = {
    max: connections,
    connect_timeout: 5,
    onnotice: () => undefined,
    // Asked for at every connection, and nobody would catch it when that connection is killed: the
    // whole process would end. Lists travel as text instead.
    fetch_types: false,
    // A query written behind another one on a connection that is just being cut would spoil that
    // connection: it waits for a free one instead. (The declared types do not know this option.)
    max_pipeline: 0,
    connection: {
      application_name: 'minka-ballot-box',
      synchronous_commit: 'on',
      statement_timeout: statementTimeoutMs,
    },
  };
  return postgres(url, options);
}

/** A connection for one piece of work that may take long, and that no earlier failure has touched. */
export async function onOwnConnection<T>(
  url: string,
  statementTimeoutMs: number,
  work: (sql: BallotBox) => Promise<T>,
): Promise<T> {
  const own = connectBallotBox(url, 1, statementTimeoutMs);
  try {
    return await work(own);
  } finally {
    await own.end({ timeout: 1 });
  }
}
