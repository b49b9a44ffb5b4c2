/**
 * A copy of the registry's memory, to be kept elsewhere.
 */
@NullMarked
package io.meshup.registry.backup;

import org.jspecify.annotations.NullMarked;
