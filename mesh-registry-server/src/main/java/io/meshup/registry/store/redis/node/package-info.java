/**
 * This node among the others: what it shares with them, what they say, and who is there.
 */
@NullMarked
package io.meshup.registry.store.redis.node;

import org.jspecify.annotations.NullMarked;
