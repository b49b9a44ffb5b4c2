-- Whether a node has heard everything, and what it has not.
-- KEYS registry last changes
-- ARGV the last change that it has heard, how many to tell at most
return {
  redis.call('GET', KEYS[1]) or '', redis.call('GET', KEYS[2]) or '',
  redis.call('XRANGE', KEYS[3], '(' .. ARGV[1], '+', 'COUNT', ARGV[2])
}
