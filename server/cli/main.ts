#!/usr/bin/env node
import module from 'node:module';

// Node 22 and later store compiled code in a folder of the user below the temporary folder. A start then takes a sixth less time.
(module as { enableCompileCache?(): void }).enableCompileCache?.();
// Node reads a source map when it loads the file, so this comes before any other import.
process.setSourceMapsEnabled(true);
// Process 1, as in a container, ignores a signal that has no handler. A command that handles a signal itself ends on its own.
if (process.pid === 1)
  for (const [signal, status] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)
    process.on(signal, () => {
      if (process.listenerCount(signal) === 1) process.exit(status);
    });
void import('./program.js');
