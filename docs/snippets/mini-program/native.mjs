import { createMy } from 'billetera/my';

globalThis.my = createMy({ url: 'http://127.0.0.1:4010', appId: '3333010071465913000' });

const { authCode } = await my.getAuthCode({ scopes: ['USER_ID'] });
console.log(authCode);
