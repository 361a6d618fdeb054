import { describe, expect, it } from 'vitest';
import { palette, type Shade } from './tokens';

function light(hex: string): number {
  const channels = [1, 3, 5].map((from) => Number.parseInt(hex.slice(from, from + 2), 16) / 255);
  const [r = 0, g = 0, b = 0] = channels.map((value) =>
    value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [high = 0, low = 0] = [light(one), light(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

const WRITTEN = [
  'ink',
  'ink-soft',
  'accent',
  'succeeded',
  'rejected',
  'failed',
  'running',
  'waiting',
];

describe.each<Shade>(['light', 'dark'])('%s', (shade) => {
  it.each(WRITTEN)('%s can be read on every ground', (name) => {
    const colors = palette[shade];
    for (const ground of ['surface', 'ground', 'surface-sunk']) {
      expect(contrast(colors[name] ?? '', colors[ground] ?? '')).toBeGreaterThanOrEqual(4.5);
    }
  });
});
