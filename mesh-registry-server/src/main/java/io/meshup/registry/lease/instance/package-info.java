/**
 * What one instance is named by and listed as, and the lines that it watches through.
 */
@NullMarked
package io.meshup.registry.lease.instance;

import org.jspecify.annotations.NullMarked;
