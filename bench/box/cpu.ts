import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * CPU time that processes have used, from proc(5). Null where there is no /proc: a benchmark then
 * reports rates only.
 */

interface Status {
  readonly parent: number;
  /** User and system time, milliseconds. */
  readonly ms: number;
}

let ticks: number | null = null;

function ticksPerSecond(): number {
  ticks ??= Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
  return ticks;
}

function status(pid: number): Status | null {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
    // The second field, the name in parentheses, may hold spaces.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const used = Number(fields[11]) + Number(fields[12]);
    return { parent: Number(fields[1]), ms: (used * 1000) / ticksPerSecond() };
  } catch {
    return null;
  }
}

/** All threads of one process. */
export function processCpuMs(pid: number | undefined): number | null {
  return pid === undefined ? null : (status(pid)?.ms ?? null);
}

/** What a process holds in memory now, in MiB. */
export function processMemoryMiB(pid: number | undefined): number | null {
  try {
    const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
    return Math.round(Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024);
  } catch {
    return null;
  }
}

/**
 * A PostgreSQL cluster: the postmaster and all its children, that is the backends and what writes
 * the log, the pages and the checkpoints. Backends that ended meanwhile are not in it.
 */
export function clusterCpuMs(directory: string): number | null {
  try {
    const postmaster = Number(
      readFileSync(join(directory, 'postmaster.pid'), 'utf8').split('\n')[0],
    );
    let sum = status(postmaster)?.ms ?? 0;
    for (const name of readdirSync('/proc')) {
      const pid = Number(name);
      if (!Number.isInteger(pid)) continue;
      const child = status(pid);
      if (child?.parent === postmaster) sum += child.ms;
    }
    return sum;
  } catch {
    return null;
  }
}
