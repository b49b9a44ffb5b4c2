/**
 * Decides whether one registry could have answered so.
 */
@NullMarked
package io.meshup.registry.history.check;

import org.jspecify.annotations.NullMarked;
