/**
 * How much the registry takes, each a property under {@code mesh.registry.limits}.
 */
@NullMarked
package io.meshup.registry.limit;

import org.jspecify.annotations.NullMarked;
