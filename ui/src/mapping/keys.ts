/** The mapping editor by keyboard: where the marker stands, what it carries, what a key commands. */

export type Side = 'source' | 'target';

export interface Marker {
  side: Side;
  source: number;
  target: number;
  /** The source field that was picked up. */
  carried: string | undefined;
}

export const START: Marker = { side: 'source', source: 0, target: 0, carried: undefined };

export type Command =
  | { do: 'map'; source: string; target: string }
  | { do: 'select'; target: string }
  | { do: 'clear'; target: string }
  | { do: 'accept'; target: string }
  | { do: 'reject'; target: string };

export interface Lists {
  sources: readonly string[];
  targets: readonly string[];
  /** Rows in one screen. */
  page: number;
}

export interface Pressed {
  marker: Marker;
  command?: Command;
  /** Whether the key meant anything here; other keys are left to the browser. */
  taken: boolean;
}

function step(key: string, page: number): number | undefined {
  const steps: Record<string, number> = {
    ArrowDown: 1,
    ArrowUp: -1,
    PageDown: page,
    PageUp: -page,
    Home: -Infinity,
    End: Infinity,
  };
  return steps[key];
}

const within = (at: number, count: number) => Math.max(0, Math.min(at, count - 1));

export function press(marker: Marker, key: string, lists: Lists): Pressed {
  const { side } = marker;
  const names = side === 'source' ? lists.sources : lists.targets;
  const by = step(key, Math.max(1, lists.page));
  if (by !== undefined) {
    return { marker: { ...marker, [side]: within(marker[side] + by, names.length) }, taken: true };
  }
  if (key === 'ArrowLeft' || key === 'ArrowRight') {
    return { marker: { ...marker, side: key === 'ArrowLeft' ? 'source' : 'target' }, taken: true };
  }
  if (key === 'Escape' && marker.carried !== undefined) {
    return { marker: { ...marker, side: 'source', carried: undefined }, taken: true };
  }
  const name = names[within(marker[side], names.length)];
  if (name === undefined) return { marker, taken: false };
  return side === 'source' ? onSource(marker, key, name) : onTarget(marker, key, name);
}

function onSource(marker: Marker, key: string, name: string): Pressed {
  if (key !== 'Enter' && key !== ' ') return { marker, taken: false };
  return { marker: { ...marker, side: 'target', carried: name }, taken: true };
}

function onTarget(marker: Marker, key: string, target: string): Pressed {
  const { carried } = marker;
  if ((key === 'Enter' || key === ' ') && carried !== undefined) {
    const dropped = { ...marker, side: 'source' as const, carried: undefined };
    return { marker: dropped, command: { do: 'map', source: carried, target }, taken: true };
  }
  const commands: Record<string, Command> = {
    Enter: { do: 'select', target },
    ' ': { do: 'select', target },
    Delete: { do: 'clear', target },
    Backspace: { do: 'clear', target },
    '+': { do: 'accept', target },
    '-': { do: 'reject', target },
  };
  const command = commands[key];
  return command ? { marker, command, taken: true } : { marker, taken: false };
}
