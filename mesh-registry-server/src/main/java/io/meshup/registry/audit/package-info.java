/**
 * The audit log over HTTP.
 */
@NullMarked
package io.meshup.registry.audit;

import org.jspecify.annotations.NullMarked;
