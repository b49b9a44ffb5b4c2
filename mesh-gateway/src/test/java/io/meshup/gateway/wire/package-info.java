/**
 * What a gateway puts on the wire and takes from it, on its straight way and on the
 * framework's.
 */
@NullMarked
package io.meshup.gateway.wire;

import org.jspecify.annotations.NullMarked;
