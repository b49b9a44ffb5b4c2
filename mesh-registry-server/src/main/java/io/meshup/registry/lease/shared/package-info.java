/**
 * What the nodes of one registry share of their instances: the rows of the log, who holds
 * an id, and the beats that others heard.
 */
@NullMarked
package io.meshup.registry.lease.shared;

import org.jspecify.annotations.NullMarked;
