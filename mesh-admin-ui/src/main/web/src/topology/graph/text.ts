/** SVG text does not end in an ellipsis by itself. The full name is in the tooltip and in the label. */
export function shorten(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
