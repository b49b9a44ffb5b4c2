/**
 * The one form in which the registry says what went wrong: RFC 9457 problem details with
 * every violation.
 */
@NullMarked
package io.meshup.registry.problem;

import org.jspecify.annotations.NullMarked;
