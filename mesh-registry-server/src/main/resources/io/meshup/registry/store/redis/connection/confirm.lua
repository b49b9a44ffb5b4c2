-- Whether the ledger still ends where a node believes; writes that down again, so that WAIT has something to wait for.
-- KEYS registry head
-- ARGV registry, head
local head = redis.call('GET', KEYS[2]) or ''
if redis.call('GET', KEYS[1]) ~= ARGV[1] or head ~= ARGV[2] then return {'head', head} end
redis.call('SET', KEYS[2], head)
return {'ok', head}
