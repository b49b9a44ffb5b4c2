-- Raises the revision for services that changed and tells everybody, with rows of leases.
-- KEYS registry revision last leases changes
-- ARGV registry, least revision, id, how many revisions, body, {instance, row or ''}...
local registry = redis.call('GET', KEYS[1]) or ''
if registry ~= ARGV[1] then return {'registry', registry} end
local revision = redis.call('GET', KEYS[2]) or '0'
if tonumber(ARGV[2]) > tonumber(revision) then revision = ARGV[2] end
local before = redis.call('GET', KEYS[3]) or ''
local top = string.format('%.0f', tonumber(revision) + tonumber(ARGV[4]))
redis.call('SET', KEYS[2], top)
redis.call('SET', KEYS[3], ARGV[3])
for at = 6, #ARGV, 2 do
  if ARGV[at + 1] == '' then
    redis.call('HDEL', KEYS[4], ARGV[at])
  else
    redis.call('HSET', KEYS[4], ARGV[at], ARGV[at + 1])
  end
end
redis.call('XADD', KEYS[5], 'MAXLEN', '~', '10000', '*', 'id', ARGV[3], 'before', before, 'base', revision, 'top', top, 'body', ARGV[5])
return {'ok', revision}
