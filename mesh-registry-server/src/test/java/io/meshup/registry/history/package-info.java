/**
 * Records what clients of several registry nodes ask and hear while nodes die and are cut
 * off, and decides whether one registry could have answered so.
 */
@NullMarked
package io.meshup.registry.history;

import org.jspecify.annotations.NullMarked;
