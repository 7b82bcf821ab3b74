import { clientId } from './merchant.mjs';

const users = 200;

/** The scopes of all authorizations. Answers that read a user have the data of all of them. */
export const scopes = ['USER_ID', 'USER_NICKNAME', 'USER_NAME', 'USER_CONTACTINFO', 'USER_AVATAR'];

/** Adds 200 users, and makes the emulator require the merchant's signature. */
export async function prepare(url) {
  await control(url, 'PATCH', `/_emulator/clients/${clientId}`, { signature: 'required' });
  for (let number = 0; number < users; number++) await control(url, 'POST', '/_emulator/users', user(number));
}

/** The users take turns. */
export function userIdOf(number) {
  return `10000099${String(number % users).padStart(11, '0')}`;
}

async function control(url, method, path, body) {
  const answer = await fetch(url + path, { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${method} ${url}${path} answered ${answer.status}: ${await answer.text()}`);
}

function user(number) {
  const name = `Usuario ${number}`;
  return {
    userId: userIdOf(number),
    name,
    nickName: `u${number}`,
    userName: { fullName: `${name} Prueba`, firstName: name, lastName: 'Prueba' },
    avatar: 'avatars/lucia.png',
    contactInfos: [
      { contactType: 'MOBILE_PHONE', contactNo: `+5255${String(number).padStart(8, '0')}` },
      { contactType: 'EMAIL', contactNo: `usuario.${number}@example.com` },
    ],
  };
}
