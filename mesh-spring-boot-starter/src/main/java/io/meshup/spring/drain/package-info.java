/**
 * How an instance leaves without a failed request: callers confirm, calls cease, the web
 * server gets the rest of the time.
 */
@NullMarked
package io.meshup.spring.drain;

import org.jspecify.annotations.NullMarked;
