import { join } from 'node:path';
import {
  PostgresProblem,
  startCluster,
  type Cluster,
  type ClusterOptions,
} from '../supervisor/postgres';

/** A cluster that is made to fall and stands up again on the same port with the same folder. */
export class FallingCluster {
  private constructor(
    private cluster: Cluster,
    private readonly options: ClusterOptions,
  ) {}

  static async start(
    folder: string,
    of: { name: string; port: number; password: string },
  ): Promise<FallingCluster> {
    const options = {
      directory: join(folder, of.name),
      port: of.port,
      password: of.password,
      // What is tested is that an acknowledged ballot is on the disk.
      durable: true,
      maxConnections: 100,
    };
    return new FallingCluster(await startCluster(options), options);
  }

  get now(): Cluster {
    return this.cluster;
  }

  /** `SIGKILL` is kill -9 of the postmaster; `SIGQUIT` is `pg_ctl stop -m immediate`. */
  fall(signal: 'SIGKILL' | 'SIGQUIT'): Promise<void> {
    return this.cluster.crash(signal);
  }

  /** Starts it again; backends of the dead postmaster may hold the folder for a moment. */
  async rise(): Promise<void> {
    for (const until = Date.now() + 60_000; ;) {
      try {
        this.cluster = await startCluster(this.options);
        return;
      } catch (error) {
        if (!(error instanceof PostgresProblem) || Date.now() > until) throw error;
        await new Promise((done) => setTimeout(done, 200));
      }
    }
  }

  stop(): Promise<void> {
    return this.cluster.stop();
  }
}
