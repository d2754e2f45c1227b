import type { NextConfig } from 'next';
import createNextIntlPlugin from 'next-intl/plugin';

const withNextIntl = createNextIntlPlugin('./lib/i18n/request.ts');

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  typedRoutes: true,
  // With it on, redirect() after reading a cookie answers 200 with an empty body, and half the
  // scripts lack the nonce of the content security policy (measured on 16.4).
  cacheComponents: false,
  // Uploads are resized once, in the worker: an image optimiser in the web process is attack surface.
  images: { unoptimized: true },
  // forbidden(): a page for who is signed in without the role, with status 403.
  experimental: { authInterrupts: true },
  // Types are checked by `npm test` (tsc over everything); a stranger's first build need not wait.
  typescript: { ignoreBuildErrors: true },
  // The title comes with the page, for everybody: streamed behind it, readers without script never get
  // one, and screen readers announce a page without a name.
  htmlLimitedBots: /.*/,
  serverExternalPackages: ['pg-boss', 'pino', 'postgres', 'pdfkit', 'rate-limiter-flexible'],
};

export default withNextIntl(config);
