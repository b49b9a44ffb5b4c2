/**
 * Who is there: instances register, renew and leave here, and whatever else is to be
 * known of them is asked here.
 */
@NullMarked
package io.meshup.registry.lease;

import org.jspecify.annotations.NullMarked;
