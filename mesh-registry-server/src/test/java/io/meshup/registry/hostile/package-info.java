/**
 * Bodies and names that want to do harm, at every door but that of rules.
 */
@NullMarked
package io.meshup.registry.hostile;

import org.jspecify.annotations.NullMarked;
