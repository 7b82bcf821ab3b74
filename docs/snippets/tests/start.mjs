import { startEmulator } from 'billetera';

const wallet = await startEmulator({ port: 0 });

const { authCode } = await wallet.authCodes.issue({
  clientId: '202016726873874774774000',
  userId: '1000001119398804002',
  scopes: ['USER_ID'],
});
console.log(`${authCode} is good at ${wallet.url}`);

await wallet.clock.advance('P2D'); // now it has expired
await wallet.reset();
await wallet.close();
