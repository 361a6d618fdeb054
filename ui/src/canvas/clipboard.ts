import { copySteps } from '../document/steps';

/** Steps travel between flows, and to colleagues, as the YAML they are. */

export function stepsToCopy(text: string, names: readonly string[]): string {
  const yaml = copySteps(text, names);
  const lines = yaml.split('\n');
  const depths = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
  const depth = depths.length > 0 ? Math.min(...depths) : 0;
  return lines.map((line) => line.slice(depth)).join('\n');
}

let kept = '';

/** Keeps a copy of its own, since browsers lend the clipboard only to secure pages. */
export async function putOnClipboard(text: string): Promise<void> {
  kept = text;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // The copy within the studio works all the same.
  }
}

export async function takeFromClipboard(): Promise<string> {
  try {
    return (await navigator.clipboard.readText()) || kept;
  } catch {
    return kept;
  }
}
