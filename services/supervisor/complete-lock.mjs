// Run after an install whose registry does not carry every platform's packages: npm then leaves
// those out of the lock file, and `npm ci` refuses it everywhere. This writes the missing optional
// entries down again, with the version their parent asks for and the platform their name says.
// Without an integrity: npm fills it in where the package can be had.
import { readFileSync, writeFileSync } from 'node:fs';

const SYSTEMS = [
  'darwin',
  'win32',
  'windows',
  'linux',
  'android',
  'freebsd',
  'openbsd',
  'netbsd',
  'sunos',
  'aix',
  'openharmony',
  'wasm32',
];
const PROCESSORS = [
  'arm64',
  'x64',
  'arm',
  'ia32',
  'ppc64',
  's390x',
  'riscv64',
  'loong64',
  'mips64el',
  'wasm32',
];

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const added = [];
for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, wanted] of Object.entries(entry.optionalDependencies ?? {})) {
    const nested = `${path}/node_modules/${name}`;
    const flat = `node_modules/${name}`;
    if (path === '' || lock.packages[nested] || lock.packages[flat]) continue;
    const words = name.split('/').pop().split('-');
    const os = SYSTEMS.find((system) => words.includes(system));
    const cpu = PROCESSORS.find((processor) => words.includes(processor));
    if (!os || !cpu) continue;
    lock.packages[flat] = {
      version: wanted.replace(/^[\^~]/, ''),
      cpu: [cpu],
      optional: true,
      ...(entry.dev ? { dev: true } : {}),
      ...(os === 'wasm32' ? {} : { os: [os === 'windows' ? 'win32' : os] }),
    };
    added.push(name);
  }
}
lock.packages = Object.fromEntries(
  Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)),
);
writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`);
console.log(added.length === 0 ? 'Nothing was missing.' : `Added: ${added.join(', ')}`);
