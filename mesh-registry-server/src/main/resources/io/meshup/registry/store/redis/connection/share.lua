-- Raises the revision for services that changed and tells everybody, with rows of leases.
-- KEYS registry revision last leases changes
-- ARGV registry, least revision, id, how many revisions, body, {instance, row or '' when it is gone, the
-- node's own beginning of a holder, the beginning of the holder that the row may follow}...
local registry = redis.call('GET', KEYS[1]) or ''
if registry ~= ARGV[1] then return {'registry', registry} end
local revision = redis.call('GET', KEYS[2]) or '0'
if tonumber(ARGV[2]) > tonumber(revision) then revision = ARGV[2] end
local before = redis.call('GET', KEYS[3]) or ''
local top = string.format('%.0f', tonumber(revision) + tonumber(ARGV[4]))
redis.call('SET', KEYS[2], top)
redis.call('SET', KEYS[3], ARGV[3])
local function begins(text, beginning) return string.sub(text, 1, #beginning) == beginning end
for at = 6, #ARGV, 4 do
  local known = redis.call('HGET', KEYS[4], ARGV[at])
  local holder = known and (cjson.decode(known).holder or '')
  if not known and ARGV[at + 1] ~= ''
      or known and (begins(holder, ARGV[at + 2]) or begins(holder, ARGV[at + 3])) then
    if ARGV[at + 1] == '' then
      redis.call('HDEL', KEYS[4], ARGV[at])
    else
      redis.call('HSET', KEYS[4], ARGV[at], ARGV[at + 1])
    end
  end
end
redis.call('XADD', KEYS[5], 'MAXLEN', '~', '10000', '*', 'id', ARGV[3], 'before', before, 'base', revision, 'top', top, 'body', ARGV[5])
return {'ok', revision}
