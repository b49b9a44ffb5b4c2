/**
 * One watcher's stream: what it asked for, what waits for it, and how events are written
 * together.
 */
@NullMarked
package io.meshup.registry.watch.stream;

import org.jspecify.annotations.NullMarked;
