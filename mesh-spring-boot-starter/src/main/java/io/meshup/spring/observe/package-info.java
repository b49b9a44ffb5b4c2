/**
 * What calls through the mesh tell of themselves: Micrometer metrics.
 */
@NullMarked
package io.meshup.spring.observe;

import org.jspecify.annotations.NullMarked;
