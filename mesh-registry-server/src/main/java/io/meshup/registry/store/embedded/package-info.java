/**
 * The store on this machine's disk: one writer, memory for readers.
 */
@NullMarked
package io.meshup.registry.store.embedded;

import org.jspecify.annotations.NullMarked;
