/**
 * Brings each change to every watcher that wants it, on a thread and at a pace of its
 * own.
 */
@NullMarked
package io.meshup.registry.watch.push;

import org.jspecify.annotations.NullMarked;
