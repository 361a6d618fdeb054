import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/** In development the API of a server that runs beside is used; the built studio is served by it. */
const server = process.env.MORTISE_URL ?? 'http://127.0.0.1:8470';

export default defineConfig({
  plugins: [react()],
  build: {
    target: 'es2022',
    outDir: 'dist/studio',
    sourcemap: false,
    emptyOutDir: true,
    chunkSizeWarningLimit: 1500,
  },
  server: { host: '127.0.0.1', proxy: { '/api': server } },
  test: { include: ['src/**/*.test.{ts,tsx}'], environment: 'node', testTimeout: 120_000 },
});
