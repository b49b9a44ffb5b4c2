-- Keeps rows of the ledger with what they put in force, raises the revision and tells everybody, or does nothing.
-- KEYS registry revision last head state ledger index changes leases
-- ARGV registry before, registry after, head before, head after, revision before, revision after, id, body,
--      number of rows, {sequence, row, history or ''}..., {instance, row of its lease}...
local registry = redis.call('GET', KEYS[1]) or ''
if registry ~= ARGV[1] then return {'registry', registry} end
local head = redis.call('GET', KEYS[4]) or ''
if head ~= ARGV[3] then return {'head', head} end
local revision = redis.call('GET', KEYS[2]) or '0'
local after = ARGV[6]
if tonumber(revision) > tonumber(ARGV[5]) then
  if ARGV[5] ~= ARGV[6] then return {'revision', revision} end
  after = revision
end
local rows = tonumber(ARGV[9])
local newest = head ~= '' and rows > 0 and redis.call('XREVRANGE', KEYS[6], '+', '-', 'COUNT', '1')[1]
if newest and tonumber(string.match(newest[1], '^%d+')) >= tonumber(ARGV[10]) then return {'head', head} end
local before = redis.call('GET', KEYS[3]) or ''
-- The first write is one that a full Redis refuses, so that nothing is half done.
redis.call('SET', KEYS[2], after)
redis.call('SET', KEYS[1], ARGV[2])
redis.call('SET', KEYS[3], ARGV[7])
redis.call('SET', KEYS[4], ARGV[4])
if head == '' then
  redis.call('DEL', KEYS[6], KEYS[7])
end
for at = 10, 9 + 3 * rows, 3 do
  redis.call('XADD', KEYS[6], ARGV[at] .. '-0', 'row', ARGV[at + 1])
  if ARGV[at + 2] ~= '' then
    local known = redis.call('HGET', KEYS[7], ARGV[at + 2])
    redis.call('HSET', KEYS[7], ARGV[at + 2], known and (known .. ',' .. ARGV[at]) or ARGV[at])
    redis.call('HSET', KEYS[5], ARGV[at + 2], ARGV[at + 1])
  end
end
for at = 10 + 3 * rows, #ARGV, 2 do
  redis.call('HSETNX', KEYS[9], ARGV[at], ARGV[at + 1])
end
redis.call('XADD', KEYS[8], 'MAXLEN', '~', '10000', '*', 'id', ARGV[7], 'before', before, 'base', ARGV[5], 'top', after, 'body', ARGV[8])
return {'ok', before}
