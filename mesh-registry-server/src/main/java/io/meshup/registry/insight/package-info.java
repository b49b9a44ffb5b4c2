/**
 * What flows: the edges between services, from the counters that beats carry.
 */
@NullMarked
package io.meshup.registry.insight;

import org.jspecify.annotations.NullMarked;
