/**
 * Finds all that is wrong or doubtful in documents, at once.
 */
@NullMarked
package io.meshup.registry.rule.check;

import org.jspecify.annotations.NullMarked;
