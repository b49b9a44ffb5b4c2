import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

const LEFT_OUT = new Set(['node_modules', 'dist']);

/**
 * One hash of all sources: for each file, in the order of their relative paths, the path, a zero byte, the content and a zero byte.
 * `SourceHash` in the Java tests counts the same.
 */
export function sourceHash(root: string): string {
  const hash = createHash('sha256');
  for (const file of filesIn(root).sort()) {
    hash.update(file).update('\0').update(readFileSync(join(root, file))).update('\0');
  }
  return hash.digest('hex');
}

function filesIn(root: string, folder = root): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !LEFT_OUT.has(entry.name))
    .flatMap((entry) => (entry.isDirectory() ? filesIn(root, join(folder, entry.name)) : [relative(root, join(folder, entry.name)).split(sep).join('/')]));
}
