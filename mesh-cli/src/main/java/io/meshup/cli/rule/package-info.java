/**
 * Commands for rules: apply, diff, get, history, rollback, delete, export.
 */
@NullMarked
package io.meshup.cli.rule;

import org.jspecify.annotations.NullMarked;
