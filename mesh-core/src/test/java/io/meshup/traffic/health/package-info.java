/**
 * What the engine does about failing, slow and grey instances.
 */
@NullMarked
package io.meshup.traffic.health;

import org.jspecify.annotations.NullMarked;
