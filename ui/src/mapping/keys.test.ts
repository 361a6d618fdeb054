import { describe, expect, it } from 'vitest';
import { press, START, type Command, type Marker } from './keys';

const lists = { sources: ['a', 'b', 'c'], targets: ['x', 'y'], page: 2 };

function type(keys: string[], from: Marker = START): { marker: Marker; commands: Command[] } {
  const commands: Command[] = [];
  let marker = from;
  for (const key of keys) {
    const pressed = press(marker, key, lists);
    marker = pressed.marker;
    if (pressed.command) commands.push(pressed.command);
  }
  return { marker, commands };
}

describe('the keyboard', () => {
  it('picks a field up, carries it and drops it', () => {
    const { marker, commands } = type(['ArrowDown', 'Enter', 'ArrowDown', 'Enter']);
    expect(commands).toEqual([{ do: 'map', source: 'b', target: 'y' }]);
    expect(marker).toEqual({ side: 'source', source: 1, target: 1, carried: undefined });
  });

  it('lets go on Escape, back where it came from', () => {
    const { marker, commands } = type(['Enter', 'ArrowDown', 'Escape']);
    expect(commands).toEqual([]);
    expect(marker).toMatchObject({ side: 'source', carried: undefined });
    expect(press(START, 'Escape', lists).taken).toBe(false);
  });

  it('stays inside the lists', () => {
    expect(type(['PageDown', 'PageDown', 'ArrowDown']).marker.source).toBe(2);
    expect(type(['End', 'Home', 'ArrowUp']).marker.source).toBe(0);
    expect(type(['ArrowRight', 'End']).marker).toMatchObject({ side: 'target', target: 1 });
  });

  it('selects, clears, accepts and rejects on the target side', () => {
    expect(type(['ArrowRight', 'Enter', 'Delete', '+', '-']).commands).toEqual([
      { do: 'select', target: 'x' },
      { do: 'clear', target: 'x' },
      { do: 'accept', target: 'x' },
      { do: 'reject', target: 'x' },
    ]);
    expect(type(['Delete']).commands).toEqual([]);
  });

  it('leaves other keys alone, and empty lists too', () => {
    expect(press(START, 'Tab', lists).taken).toBe(false);
    expect(press(START, 'Enter', { ...lists, sources: [] }).taken).toBe(false);
  });
});
