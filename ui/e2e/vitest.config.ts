import { defineConfig } from 'vitest/config';

/** Journeys through a running server, one after the other, in a real browser. */
export default defineConfig({
  test: {
    include: ['e2e/**/*.test.ts'],
    environment: 'node',
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    bail: 1,
  },
});
