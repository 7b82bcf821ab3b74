import { createHash } from 'node:crypto';
import type { UserRecord } from '../../records/schema.js';
import type { Dialect } from './dialect.js';

export const avatar = (user: UserRecord, base: string) => `${base}/wallet/files/${user.avatar}`;
/** Hides the middle: `138****0000`, `m***@example.com`. */
export const masked = (text = '') => text.replace(/^([^@])[^@]*(@.*)$/, '$1***$2').replace(/^([^@]*)\d{4}(\d{4})$/, '$1****$2');
export const hashed = (text = '') => createHash('sha256').update(text).digest('hex');

/** The user data that the platform itself returns, masked like the platform does it. */
export const platformReads: Dialect['reads'] = {
  scopes: ['USER_NICKNAME', 'USER_NAME', 'USER_AVATAR', 'USER_LOGIN_ID', 'USER_CONTACTINFO', 'USER_BIRTHDAY', 'USER_GENDER'],
  flat: false,
  expect: (user, base) => {
    const { fullName, firstName, secondName, lastName } = user.userName ?? {};
    return {
      userId: user.userId,
      nickName: user.nickName,
      userName: { fullName, firstName, ...(secondName && { secondName }), lastName },
      avatar: avatar(user, base),
      loginIdInfos: user.loginIdInfos?.map((info) => ({
        ...info,
        loginId: masked(info.loginId),
        maskLoginId: masked(info.loginId),
      })),
      contactInfos: user.contactInfos,
      birthday: user.birthday,
      gender: user.gender,
    };
  },
};
