/**
 * How the nodes of one registry talk of their instances, beside the log.
 */
@NullMarked
package io.meshup.registry.lease.node;

import org.jspecify.annotations.NullMarked;
