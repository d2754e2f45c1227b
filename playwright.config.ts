import { defineConfig, devices } from '@playwright/test';

const site = `http://localhost:${process.env['MINKA_E2E_PORT'] ?? '3400'}`;
const executablePath = process.env['CHROMIUM_PATH'];
/** The whole run takes three (a test mostly waits); whoever works on one file needs neither them nor an order. */
const workers = Number(process.env['MINKA_E2E_WORKERS'] ?? '1');
const after = (...projects: string[]) => (workers > 1 ? projects : []);

/** A 360 px phone on which the residents' journeys run; officers and councillors use a desk. */
const PHONE = { ...devices['Galaxy S9+'], viewport: { width: 360, height: 740 } };
const DESK = { ...devices['Desktop Chrome'], viewport: { width: 1280, height: 800 } };

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/browser',
  webServer: {
    command: 'node --conditions=react-server --import tsx services/supervisor/test-stack.ts',
    url: `${site}/api/health`,
    timeout: 300_000,
    reuseExistingServer: !process.env['CI'],
    gracefulShutdown: { signal: 'SIGTERM', timeout: 30_000 },
    stdout: 'pipe',
  },
  fullyParallel: false,
  workers,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  use: {
    baseURL: site,
    locale: 'es-PE',
    timezoneId: 'America/Lima',
    // Its film of every frame costs a twentieth of the run; the last picture is kept below.
    trace: { mode: 'retain-on-failure', screenshots: false },
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [
        '--no-sandbox',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    // While people vote the plan keeps its words: it is imported before.
    { name: 'plan', testMatch: /e2e\/plan\.spec\.ts/, use: DESK },
    // Before the phones: most of the desk waits for it.
    { name: 'loop', testMatch: /loop\.spec\.ts/, dependencies: after('plan'), use: DESK },
    {
      name: 'phone',
      testMatch: /resident\/.*\.spec\.ts/,
      dependencies: after('plan'),
      use: PHONE,
    },
    {
      name: 'hall',
      testMatch: /e2e\/desk\/.*\.spec\.ts/,
      dependencies: after('plan'),
      use: DESK,
    },
    // After the rest: it reads what the loop has published.
    {
      name: 'desk',
      testIgnore: /(resident\/.*|desk\/.*|loop|access|e2e\/plan)\.spec\.ts/,
      dependencies: after('loop'),
      use: DESK,
    },
    // Says that nothing at all has changed: nobody may do anything beside it.
    {
      name: 'access',
      testMatch: /e2e\/access\.spec\.ts/,
      dependencies: after('phone', 'hall', 'desk'),
      use: DESK,
    },
  ],
});
