-- Drops rows of the ledger and leaves a checkpoint, or does nothing. It begins with what a full Redis allows, too.
-- A history without a row left is no longer part of the state either: that was an end.
-- KEYS registry revision last head ledger index changes state
-- ARGV registry, head before, head after, id, body, checkpoint's number, checkpoint, number of rows, {sequence}...,
--      {history, numbers left or ''}...
local registry = redis.call('GET', KEYS[1]) or ''
if registry ~= ARGV[1] then return {'registry', registry} end
local head = redis.call('GET', KEYS[4]) or ''
if head ~= ARGV[2] then return {'head', head} end
local newest = redis.call('XREVRANGE', KEYS[5], '+', '-', 'COUNT', '1')[1]
if newest and tonumber(string.match(newest[1], '^%d+')) >= tonumber(ARGV[6]) then return {'head', head} end
local rows = tonumber(ARGV[8])
for at = 9, 8 + rows do
  redis.call('XDEL', KEYS[5], ARGV[at] .. '-0')
end
for at = 9 + rows, #ARGV, 2 do
  if ARGV[at + 1] == '' then
    redis.call('HDEL', KEYS[6], ARGV[at])
    redis.call('HDEL', KEYS[8], ARGV[at])
  else
    redis.call('HSET', KEYS[6], ARGV[at], ARGV[at + 1])
  end
end
local revision = redis.call('GET', KEYS[2]) or '0'
local before = redis.call('GET', KEYS[3]) or ''
redis.call('XADD', KEYS[5], ARGV[6] .. '-0', 'row', ARGV[7])
redis.call('SET', KEYS[4], ARGV[3])
redis.call('SET', KEYS[3], ARGV[4])
redis.call('XADD', KEYS[7], 'MAXLEN', '~', '10000', '*', 'id', ARGV[4], 'before', before, 'base', revision, 'top', revision, 'body', ARGV[5])
return {'ok', before}
