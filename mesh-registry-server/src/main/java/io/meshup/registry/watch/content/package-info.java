/**
 * What there is to be told of a service, from the leases and the rules.
 */
@NullMarked
package io.meshup.registry.watch.content;

import org.jspecify.annotations.NullMarked;
