/**
 * How far a drain has come: who must confirm it, here and at other nodes, and who has.
 */
@NullMarked
package io.meshup.registry.lease.drain;

import org.jspecify.annotations.NullMarked;
