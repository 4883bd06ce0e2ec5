// Draws the dashboard with what a Prometheus knows:
//   npm ci --ignore-scripts && node draw.mjs [--prometheus http://127.0.0.1:9090] [--minutes 25] [--picture dashboard.png]
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { build } from 'esbuild';

const { values: options } = parseArgs({
  options: {
    prometheus: { type: 'string', default: 'http://127.0.0.1:9090' },
    minutes: { type: 'string', default: '25' },
    width: { type: 'string', default: '1200' },
    picture: { type: 'string', default: 'dashboard.png' },
  },
});
const here = import.meta.dirname;
const dashboard = await readFile(join(here, '../../config/observability/dashboard.json'), 'utf8');
const folder = await mkdtemp(join(tmpdir(), 'dashboard-'));
try {
  await bundle();
  const server = createServer(serve).listen(0, '127.0.0.1');
  await once(server, 'listening');
  await photograph(`http://127.0.0.1:${server.address().port}/`);
  server.close();
  server.closeAllConnections();
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function bundle() {
  await build({
    entryPoints: [join(here, 'page.jsx')],
    outdir: folder,
    bundle: true,
    format: 'esm',
    // What Grafana loads when it is wanted, its editors above all, stays apart.
    splitting: true,
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    loader: { '.woff': 'file', '.woff2': 'file', '.ttf': 'file', '.svg': 'file', '.png': 'file' },
    logLevel: 'error',
  });
}

async function serve({ url }, answer) {
  const { pathname } = new URL(url, 'http://page');
  const icon = pathname.split('/public/build/img/icons/')[1];
  const types = { '': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
  try {
    const body =
      pathname === '/' ? '<!doctype html><link rel=stylesheet href=page.css><main></main><script type=module src=page.js></script>'
      : pathname === '/dashboard.json' ? dashboard
      : icon ? await readFile(join(here, 'node_modules/@grafana/ui/dist/public/img/icons', icon))
      : await readFile(join(folder, pathname));
    answer.writeHead(200, { 'Content-Type': types[extname(pathname)] ?? 'application/octet-stream' }).end(body);
  } catch {
    answer.writeHead(404).end();
  }
}

async function photograph(page) {
  const rows = Math.max(...JSON.parse(dashboard).panels.map(({ gridPos }) => gridPos.y + gridPos.h));
  const query = new URLSearchParams({ prometheus: options.prometheus, minutes: options.minutes });
  await promisify(execFile)(process.env.CHROMIUM ?? '/usr/bin/chromium', [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--hide-scrollbars',
    '--force-device-scale-factor=1.5',
    `--user-data-dir=${join(folder, 'profile')}`,
    // Header and margins are as high as two rows.
    `--window-size=${options.width},${(rows + 2) * 38 + 8}`,
    // It waits for what is asked over the network all the same.
    '--virtual-time-budget=20000',
    `--screenshot=${resolve(options.picture)}`,
    `${page}?${query}`,
  ]);
}
