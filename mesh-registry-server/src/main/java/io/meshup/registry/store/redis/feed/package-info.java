/**
 * Follows the log of changes, keeps what is in force on this node, and writes back what
 * Redis has lost.
 */
@NullMarked
package io.meshup.registry.store.redis.feed;

import org.jspecify.annotations.NullMarked;
