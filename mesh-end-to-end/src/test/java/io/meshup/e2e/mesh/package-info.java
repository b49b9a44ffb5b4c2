/**
 * Registries, participants and gateways as processes of their own.
 */
@NullMarked
package io.meshup.e2e.mesh;

import org.jspecify.annotations.NullMarked;
