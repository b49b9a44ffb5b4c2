/**
 * What calls through the mesh tell of themselves: Micrometer metrics and log lines.
 */
@NullMarked
package io.meshup.spring.observe;

import org.jspecify.annotations.NullMarked;
