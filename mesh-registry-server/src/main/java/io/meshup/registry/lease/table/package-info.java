/**
 * The leases of this node: when an instance is suspect, when it is gone, and which node
 * takes it over.
 */
@NullMarked
package io.meshup.registry.lease.table;

import org.jspecify.annotations.NullMarked;
