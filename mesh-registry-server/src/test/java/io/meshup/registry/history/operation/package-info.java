/**
 * What a client asked of a registry node, and what it heard.
 */
@NullMarked
package io.meshup.registry.history.operation;

import org.jspecify.annotations.NullMarked;
