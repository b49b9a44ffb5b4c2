/**
 * What stands in Redis: the log of changes, the ledger's head and the rows, as values.
 */
@NullMarked
package io.meshup.registry.store.redis.log;

import org.jspecify.annotations.NullMarked;
