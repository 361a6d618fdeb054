import { expect, it } from 'vitest';
import { NODE } from './layout';
import { fitInto, placeAt, seenIn } from './overview';

const SIZE = { width: 160, height: 100 };
const SPOTS = [
  { x: -500, y: 40 },
  { x: 3_000, y: 2_000 },
];

it('holds every node in the picture', () => {
  const fit = fitInto(SIZE, SPOTS);
  for (const { x, y } of SPOTS) {
    const left = (x - fit.left) * fit.scale;
    const top = (y - fit.top) * fit.scale;
    expect(left).toBeGreaterThanOrEqual(0);
    expect(top).toBeGreaterThanOrEqual(0);
    expect(left + NODE.width * fit.scale).toBeLessThanOrEqual(SIZE.width);
    expect(top + NODE.height * fit.scale).toBeLessThanOrEqual(SIZE.height);
  }
});

it('shows what a canvas shows, and goes where one points', () => {
  const fit = fitInto(SIZE, SPOTS);
  const seen = seenIn(fit, [100, -50, 0.5], { width: 800, height: 600 });
  const middle = { x: seen.x + seen.width / 2, y: seen.y + seen.height / 2 };
  const place = placeAt(fit, middle);
  expect(place.x).toBeCloseTo((400 - 100) / 0.5);
  expect(place.y).toBeCloseTo((300 + 50) / 0.5);
});
