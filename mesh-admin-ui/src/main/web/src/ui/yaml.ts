/** Writes a JSON value as YAML for reading. Every document that it writes parses back to the same value. */
export function toYaml(value: unknown): string {
  return isBlock(value) ? block(value, 0).join('\n') : scalar(value);
}

type Block = readonly unknown[] | Readonly<Record<string, unknown>>;

const PLAIN = /^[A-Za-z_/*][A-Za-z0-9_./*+@-]*$/;
const RESERVED = /^(true|false|null|yes|no|on|off|y|n|~|\*.*)$/i;

function isBlock(value: unknown): value is Block {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

function block(value: Block, depth: number): string[] {
  const indent = '  '.repeat(depth);
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown) => listItem(item, depth, indent));
  }
  return Object.entries(value).flatMap(([key, item]) => {
    const name = `${indent}${scalar(key)}:`;
    return isBlock(item) ? [name, ...block(item, Array.isArray(item) ? depth : depth + 1)] : [`${name} ${scalar(item)}`];
  });
}

/** The first line of what is inside an item stands beside its dash. */
function listItem(item: unknown, depth: number, indent: string): string[] {
  if (!isBlock(item)) {
    return [`${indent}- ${scalar(item)}`];
  }
  const [first = '', ...rest] = block(item, depth + 1);
  return [`${indent}- ${first.trimStart()}`, ...rest];
}

function scalar(value: unknown): string {
  if (typeof value === 'string') {
    return PLAIN.test(value) && !RESERVED.test(value) ? value : JSON.stringify(value);
  }
  return JSON.stringify(value ?? null);
}
