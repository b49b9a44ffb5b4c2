/**
 * What may stand in one field, and what was found wrong or doubtful in it.
 */
@NullMarked
package io.meshup.registry.rule.check.field;

import org.jspecify.annotations.NullMarked;
