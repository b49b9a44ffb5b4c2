/**
 * How callers treat a service: balancing, ejection, breakers, bulkheads, retry budget.
 */
@NullMarked
package io.meshup.model.rule.policy;

import org.jspecify.annotations.NullMarked;
