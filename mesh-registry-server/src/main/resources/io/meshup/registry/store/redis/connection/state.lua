-- Everything that a node needs to begin, or to begin anew.
-- KEYS registry revision last head state leases changes
local newest = redis.call('XREVRANGE', KEYS[7], '+', '-', 'COUNT', '1')
return {
  redis.call('GET', KEYS[1]) or '', redis.call('GET', KEYS[2]) or '0', redis.call('GET', KEYS[3]) or '',
  redis.call('GET', KEYS[4]) or '', newest[1] and newest[1][1] or '0-0',
  redis.call('HGETALL', KEYS[5]), redis.call('HGETALL', KEYS[6])
}
