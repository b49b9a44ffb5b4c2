/**
 * Connections to instances.
 */
@NullMarked
package io.meshup.gateway.connection;

import org.jspecify.annotations.NullMarked;
