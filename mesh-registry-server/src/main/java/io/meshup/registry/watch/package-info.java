/**
 * The push to everybody: one stream per watcher, one encoding per change.
 */
@NullMarked
package io.meshup.registry.watch;

import org.jspecify.annotations.NullMarked;
