/**
 * What a service looks like at a revision, encoded once for all who are sent it, whole or
 * as what changed.
 */
@NullMarked
package io.meshup.registry.watch.image;

import org.jspecify.annotations.NullMarked;
