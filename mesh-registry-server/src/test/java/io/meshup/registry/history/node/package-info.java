/**
 * Registry nodes of a test, and what is done to them while they are asked.
 */
@NullMarked
package io.meshup.registry.history.node;

import org.jspecify.annotations.NullMarked;
