/** Why state cannot be stored or read (store/storage-error.ts). */
export const storageTexts = {
  'storage-full': 'the disk of the data folder is full; the emulator goes on when there is room. The change may be stored then',
  'storage-not-written': 'the data folder cannot be written ({problem}); the next call tries again',
  'storage-taken': 'another emulator has taken the data folder, because this one was suspended; restart it',
  'tenant-unreadable': 'the stored tenant {tenant} cannot be used: {problem}',
  'tenant-repair': "{problem}; repair the file or delete the tenant's folder, then restart the emulator",
  'redis-silent': 'the store {address} does not answer ({problem}); the emulator goes on when it does',
  'redis-turn-taken': 'another emulator has used the tenant {tenant} for more than {seconds} s: try again',
  'redis-turn-lost': 'this emulator was suspended, and another one has used the tenant {tenant} since: send the call again',
  'redis-tenant-repair': '{problem}; reset the tenant, or choose another database',
} as const;
