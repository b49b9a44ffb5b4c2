/**
 * What the engine may ask of requests and responses, and what travels with them in
 * headers.
 */
@NullMarked
package io.meshup.traffic.request;

import org.jspecify.annotations.NullMarked;
