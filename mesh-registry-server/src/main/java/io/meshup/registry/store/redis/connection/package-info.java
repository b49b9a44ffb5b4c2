/**
 * The way to Redis: where the master is, one connection for each thread, the scripts and
 * keys, and what it means when it does not answer.
 */
@NullMarked
package io.meshup.registry.store.redis.connection;

import org.jspecify.annotations.NullMarked;
