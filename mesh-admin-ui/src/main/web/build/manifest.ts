import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { sourceHash } from './sources.ts';

/** Writes beside the assets what the server may serve (`assets.sha256`) and what they were built from (`sources.sha256`). */
export function manifest(root: string, out: string): Plugin {
  return {
    name: 'mesh-manifest',
    apply: 'build',
    closeBundle() {
      const files = readdirSync(out, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !entry.name.endsWith('.sha256'))
        .map((entry) => join(entry.parentPath, entry.name).slice(out.length + 1))
        .sort();
      const lines = files.map((file) => `${createHash('sha256').update(readFileSync(join(out, file))).digest('hex')}  ${file}\n`);
      writeFileSync(join(out, 'assets.sha256'), lines.join(''));
      writeFileSync(join(out, 'sources.sha256'), `${sourceHash(root)}\n`);
    },
  };
}
