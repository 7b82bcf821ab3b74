import { createMy } from 'billetera/my';

globalThis.my = createMy({ url: process.env.BILLETERA_URL, appId: '3333010071465913000' });
// Then load the framework and your pages, such as: await import('./dist/app.js');
