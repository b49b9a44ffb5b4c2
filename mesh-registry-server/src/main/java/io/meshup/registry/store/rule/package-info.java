/**
 * Rules as they are kept, and the changes that make them.
 */
@NullMarked
package io.meshup.registry.store.rule;

import org.jspecify.annotations.NullMarked;
