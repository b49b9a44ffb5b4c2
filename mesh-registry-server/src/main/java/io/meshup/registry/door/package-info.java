/**
 * The short way for what participants call all the time.
 */
@NullMarked
package io.meshup.registry.door;

import org.jspecify.annotations.NullMarked;
