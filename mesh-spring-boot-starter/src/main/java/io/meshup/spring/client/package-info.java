/**
 * What the blocking and the reactive HTTP clients share: which URIs are meant for the
 * mesh, and where they lead.
 */
@NullMarked
package io.meshup.spring.client;

import org.jspecify.annotations.NullMarked;
