/**
 * What keeps retries and failing versions from doing harm: retry budget and circuit
 * breaker.
 */
@NullMarked
package io.meshup.limit;

import org.jspecify.annotations.NullMarked;
