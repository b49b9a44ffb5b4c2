/**
 * Takes pictures of every page in every state from the built dashboard under its real security headers, runs axe on each, and
 * fails on violations and on errors in the console. `npm run look -- OUT [NAME-PART]`; the browser is CHROMIUM or /usr/bin/chromium.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { preview } from 'vite';
import { SHOTS } from './shots.mjs';

const out = process.argv[2] ?? 'dist/look';
const only = process.argv[3] ?? '';
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SIZES = { wide: { width: 1440, height: 860 }, narrow: { width: 420, height: 840 } };
const EXPECTED = /Failed to load resource: the server responded with a status of (401|404|412|400|429|503)/;

mkdirSync(out, { recursive: true });
const server = await preview({ preview: { port: 0, host: '127.0.0.1' }, logLevel: 'warn' });
const url = server.resolvedUrls?.local[0] ?? '';
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
let faults = 0;

for (const shot of SHOTS.filter(({ name }) => name.includes(only))) {
  for (const theme of shot.themes ?? ['light', 'dark']) {
    for (const size of shot.sizes ?? ['wide', 'narrow']) {
      await take(shot, theme, size);
    }
  }
}
await browser.close();
await new Promise((done) => server.httpServer.close(done));
console.log(faults === 0 ? 'No faults.' : `${faults} faults.`);
process.exit(faults === 0 ? 0 : 1);

async function take(shot, theme, size) {
  const label = `${shot.name}-${theme}-${size}`;
  const context = await browser.newContext({ viewport: SIZES[size], colorScheme: theme, reducedMotion: shot.motion ? 'no-preference' : 'reduce' });
  const page = await context.newPage();
  const report = (text) => {
    faults++;
    console.log(`${label}: ${text}`);
  };
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && !EXPECTED.test(message.text()) && report(`console: ${message.text()}`));
  page.on('pageerror', (error) => report(`error: ${error.message}`));
  const mock = (name) => fetch(`${url}mock/${name}`, { method: 'POST' });
  await mock('reset');
  await mock(shot.signedOut ? 'sign-out' : 'sign-in');
  await mock(shot.scenario ?? 'busy');
  try {
    await page.goto(`${url}#/${shot.hash ?? ''}`);
    await page.waitForTimeout(shot.wait ?? 900);
    await shot.act?.(page, mock, size);
    await page.screenshot({ path: join(out, `${label}.png`) });
    await page.evaluate(axe);
    // A name that is cut short, or lies half outside the window, cannot be part of the label as it is seen.
    const rules = shot.scenario === 'large' || /topology-(node|version|edge)/.test(shot.name) ? { 'label-content-name-mismatch': { enabled: false } } : {};
    const { violations } = await page.evaluate((options) => globalThis.axe.run(document, options), { rules });
    for (const { id, nodes, help } of violations) {
      report(`axe ${id}: ${help}: ${nodes.slice(0, 3).map((node) => `${node.target.join(' ')} ${node.any[0]?.message ?? ''}`).join(' | ')}`);
    }
    const scroll = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (scroll > 0) {
      report(`the page is ${scroll}px too wide`);
    }
  } catch (error) {
    report(String(error));
  }
  await mock('busy');
  await context.close();
}
