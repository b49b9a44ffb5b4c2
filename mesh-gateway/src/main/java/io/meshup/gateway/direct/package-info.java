/**
 * The straight way into the mesh, past the parts of Spring Cloud Gateway that a request
 * does not need.
 */
@NullMarked
package io.meshup.gateway.direct;

import org.jspecify.annotations.NullMarked;
