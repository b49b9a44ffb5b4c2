import { resolve } from 'node:path';
import { defineConfig } from 'vite';
import { manifest } from './build/manifest.ts';
import { mock } from './dev/mock/plugin.ts';

const root = import.meta.dirname;
const out = resolve(root, '../resources/meshup-ui');

export default defineConfig({
  base: './',
  plugins: [manifest(root, out), mock()],
  build: {
    outDir: out,
    emptyOutDir: true,
    target: 'es2022',
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    license: false,
  },
});
