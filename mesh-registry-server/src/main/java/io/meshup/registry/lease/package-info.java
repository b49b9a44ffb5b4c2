/**
 * Who is there: instances, their leases and the lines that hold them.
 */
@NullMarked
package io.meshup.registry.lease;

import org.jspecify.annotations.NullMarked;
