/**
 * How many calls anybody may make.
 */
@NullMarked
package io.meshup.registry.security.rate;

import org.jspecify.annotations.NullMarked;
