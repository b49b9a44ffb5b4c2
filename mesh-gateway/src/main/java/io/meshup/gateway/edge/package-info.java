/**
 * What the outside may send and say: paths, headers.
 */
@NullMarked
package io.meshup.gateway.edge;

import org.jspecify.annotations.NullMarked;
