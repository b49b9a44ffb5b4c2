-- Where the log of changes ends.
-- KEYS changes
local newest = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', '1')
return {newest[1] and newest[1][1] or '0-0'}
