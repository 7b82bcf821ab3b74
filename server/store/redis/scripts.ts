import { type CommandParser, defineScript } from 'redis';

/**
 * The scripts that must be one step in Redis. All keys of a tenant are in one slot of a cluster. Redis 6.2 and Valkey run them.
 *
 * A tenant has these keys:
 * - turn: the emulator whose turn it is
 * - wanted: present if another emulator waits for the turn
 * - meta: `life` names the life of the tenant, `seq` counts the writes of this life
 * - state: kind and key → entry, as JSON
 * - log: the changes of the last writes, by their number
 * - calls: the journal
 * - next: the state of a life that will replace this one
 */

/** Writes a reply for a copy of a life (known, seq): the changes since then, or the whole state if there is another life or too much is new. */
const copyReply = `
local function copyReply(meta, state, log, known, seq)
  local life = redis.call('HGET', meta, 'life') or ''
  local last = tonumber(redis.call('HGET', meta, 'seq') or '0')
  if life == '' then return {life, last, 'same'} end
  if life == known then
    if last == seq then return {life, last, 'same'} end
    if #redis.call('XRANGE', log, (seq + 1) .. '-0', (seq + 1) .. '-0') > 0 then
      return {life, last, 'changes', redis.call('XRANGE', log, (seq + 1) .. '-0', '+')}
    end
  end
  return {life, last, 'all', redis.call('HGETALL', state)}
end
`;

/** KEYS: turn, wanted, meta, state, log. ARGV: token, ms, known life, known seq, channel, message. Takes the turn, if it is free. */
const enter = `${copyReply}
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then
  redis.call('SET', KEYS[2], '1', 'PX', ARGV[2])
  redis.call('PUBLISH', ARGV[5], ARGV[6])
  return {}
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
redis.call('DEL', KEYS[2])
return copyReply(KEYS[3], KEYS[4], KEYS[5], ARGV[3], tonumber(ARGV[4]))
`;

/** KEYS: meta, state, log. ARGV: known life, known seq. Reads what is new, without a turn. */
const read = `${copyReply}
return copyReply(KEYS[1], KEYS[2], KEYS[3], ARGV[1], tonumber(ARGV[2]))
`;

/**
 * KEYS: turn, wanted, meta, state, log.
 * ARGV: token, known life, next life, release, channel of changes, channel of turns, message, changes as JSON, then field and entry of
 * each change, an empty entry for one that was removed. Returns the number of the write, or -1 if the turn was lost.
 */
const write = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return -1 end
if (redis.call('HGET', KEYS[3], 'life') or '') ~= ARGV[2] then return -1 end
local seq = tonumber(redis.call('HGET', KEYS[3], 'seq') or '0')
if ARGV[8] ~= '' then
  seq = seq + 1
  redis.call('HSET', KEYS[3], 'life', ARGV[3], 'seq', seq)
  for index = 9, #ARGV, 2 do
    if ARGV[index + 1] == '' then redis.call('HDEL', KEYS[4], ARGV[index])
    else redis.call('HSET', KEYS[4], ARGV[index], ARGV[index + 1]) end
  end
  redis.call('XADD', KEYS[5], 'MAXLEN', '~', '1000', seq .. '-0', 'c', ARGV[8])
  redis.call('PUBLISH', ARGV[5], ARGV[7])
end
if ARGV[4] == '1' then
  redis.call('DEL', KEYS[1])
  if redis.call('DEL', KEYS[2]) == 1 then redis.call('PUBLISH', ARGV[6], ARGV[7]) end
end
return seq
`;

/** KEYS: turn. ARGV: token, ms. Keeps the turn. Returns 0 if it was lost. */
const keep = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
`;

/**
 * KEYS: turn, meta, state, log, calls, next.
 * ARGV: token (empty: without a turn), known life, next life (empty: none), channel, message. Replaces a life by the next, whose state is
 * in `next`. Returns -1 if the turn was lost.
 */
const replace = `
if ARGV[1] ~= '' then
  if redis.call('GET', KEYS[1]) ~= ARGV[1] then return -1 end
  if (redis.call('HGET', KEYS[2], 'life') or '') ~= ARGV[2] then return -1 end
end
redis.call('DEL', KEYS[2], KEYS[3], KEYS[4], KEYS[5])
if ARGV[3] ~= '' then
  redis.call('HSET', KEYS[2], 'life', ARGV[3], 'seq', '0')
  if redis.call('EXISTS', KEYS[6]) == 1 then
    redis.call('RENAME', KEYS[6], KEYS[3])
    redis.call('PERSIST', KEYS[3])
  end
end
redis.call('PUBLISH', ARGV[4], ARGV[5])
return 0
`;

function script(text: string, keys: number) {
  return defineScript({
    SCRIPT: text,
    NUMBER_OF_KEYS: keys,
    parseCommand(parser: CommandParser, names: readonly string[], args: readonly string[]) {
      for (const name of names) parser.pushKey(name);
      for (const arg of args) parser.push(arg);
    },
    transformReply: (reply: unknown) => reply,
  });
}

export const scripts = {
  enterTenant: script(enter, 5),
  readTenant: script(read, 3),
  writeTenant: script(write, 5),
  keepTurn: script(keep, 1),
  replaceTenant: script(replace, 6),
};
