import { defineConfig } from 'vitest/config';

/** Measures of the built studio in a real browser; slow, and only meaningful on a machine at rest. */
export default defineConfig({
  test: {
    include: ['bench/**/*.test.ts'],
    environment: 'node',
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 120_000,
  },
});
