/**
 * The registry server: the control plane of the mesh.
 */
@NullMarked
package io.meshup.registry;

import org.jspecify.annotations.NullMarked;
