/**
 * The store that several nodes share in a Redis: one ordered log of changes that every
 * node applies, and memory for readers.
 */
@NullMarked
package io.meshup.registry.store.redis;

import org.jspecify.annotations.NullMarked;
