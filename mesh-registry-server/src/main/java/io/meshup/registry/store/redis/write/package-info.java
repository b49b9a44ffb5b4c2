/**
 * What this node writes: rules and facts, the audit log, and the cutting of the history.
 */
@NullMarked
package io.meshup.registry.store.redis.write;

import org.jspecify.annotations.NullMarked;
