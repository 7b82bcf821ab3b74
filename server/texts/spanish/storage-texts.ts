/** The reason why state cannot be stored or read (store/storage-error.ts). */
export const storageTexts = {
  'storage-full':
    'el disco de la carpeta de datos está lleno; el emulador sigue cuando haya espacio. Puede que el cambio se guarde entonces',
  'storage-not-written': 'no se puede escribir en la carpeta de datos ({problem}); la próxima llamada lo intenta de nuevo',
  'storage-taken': 'otro emulador tomó la carpeta de datos, porque este estaba suspendido; reinícialo',
  'tenant-unreadable': 'el tenant guardado {tenant} no se puede usar: {problem}',
  'tenant-repair': '{problem}; repara el archivo o elimina la carpeta del tenant, y reinicia el emulador',
  'redis-silent': 'el almacén {address} no responde ({problem}); el emulador sigue cuando responda',
  'redis-turn-taken': 'otro emulador usa el tenant {tenant} desde hace más de {seconds} s: inténtalo de nuevo',
  'redis-turn-lost': 'este emulador estuvo suspendido, y otro usó el tenant {tenant} desde entonces: envía la llamada de nuevo',
  'redis-tenant-repair': '{problem}; restablece el tenant, o elige otra base de datos',
  'redis-closed': 'cerró la conexión',
  'redis-offline': 'no hay conexión con él',
  'redis-error': 'su respuesta es el error {reply}',
  'stored-not-json': 'se esperaba JSON',
  'stored-line-cut': 'se esperaba una línea completa',
  'stored-no-changes': 'se esperaba una lista de cambios [kind, key, entry]',
  'stored-no-entries': 'se esperaba una lista de entradas',
  'stored-no-pairs': 'se esperaba una lista de entradas [key, entry]',
  'stored-other-key': 'se esperaba la clave de la entrada',
  'stored-key-unknown': 'clave desconocida; se esperaba una que empiece con {names}',
};
