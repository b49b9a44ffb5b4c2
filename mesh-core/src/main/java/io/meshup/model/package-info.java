/**
 * The records that travel between the parts of the mesh, their invariants and the one
 * JSON codec.
 */
@NullMarked
package io.meshup.model;

import org.jspecify.annotations.NullMarked;
