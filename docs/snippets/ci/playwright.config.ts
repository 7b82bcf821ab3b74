import { defineConfig } from '@playwright/test';

export default defineConfig({
  webServer: { command: 'node --env-file=.env server.mjs', url: 'http://localhost:8080' },
});
