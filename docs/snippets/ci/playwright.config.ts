import { defineConfig } from '@playwright/test';

export default defineConfig({
  webServer: { command: 'node server.mjs', url: 'http://localhost:8080' },
});
