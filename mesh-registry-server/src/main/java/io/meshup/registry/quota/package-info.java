/**
 * Divides mesh-wide limits among the instances of a service, by the demand that each
 * reports.
 */
@NullMarked
package io.meshup.registry.quota;

import org.jspecify.annotations.NullMarked;
