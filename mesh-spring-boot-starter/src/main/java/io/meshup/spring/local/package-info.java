/**
 * Rules out of the application's own configuration.
 */
@NullMarked
package io.meshup.spring.local;

import org.jspecify.annotations.NullMarked;
