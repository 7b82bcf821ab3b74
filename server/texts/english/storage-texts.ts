/** Why state cannot be stored or read (store/storage-error.ts). */
export const storageTexts = {
  'storage-full': 'the disk of the data folder is full; the emulator goes on when there is room. The change may be stored then',
  'storage-not-written': 'the data folder cannot be written ({problem}); the next call tries again',
  'storage-taken': 'another emulator has taken the data folder, because this one was suspended; restart it',
  'tenant-unreadable': 'the stored tenant {tenant} cannot be used: {problem}',
  'tenant-repair': "{problem}; repair the file or delete the tenant's folder, then restart the emulator",
} as const;
