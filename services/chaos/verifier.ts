import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { ensureVerifier, VERIFIER_FOLDER } from '@/services/supervisor/build-verifier';
import type { Report } from '@/verify/report';

/** What the verifier, run as anybody would run it, finds wrong with a record that is sealed. */
export async function verifierProblems(address: string): Promise<string[]> {
  await ensureVerifier();
  const args = [join(VERIFIER_FOLDER, 'minka-verify.mjs'), address, '--json'];
  const { code, stdout, stderr } = await run(args);
  if (code !== 0 && code !== 1) return [`the verifier gave up: ${stderr}`];
  const { checks } = JSON.parse(stdout) as Report;
  // The count is announced only once it is published.
  const held = checks.filter(
    ({ id, verdict }) => verdict === 'passed' || (id === 'V10' && verdict === 'waiting'),
  );
  return checks
    .filter((check) => !held.includes(check))
    .map(({ id, verdict, findings }) => `${id} ${verdict}: ${JSON.stringify(findings)}`);
}

function run(args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, args, (_, stdout, stderr) => {
      resolve({ code: child.exitCode, stdout, stderr });
    });
  });
}
