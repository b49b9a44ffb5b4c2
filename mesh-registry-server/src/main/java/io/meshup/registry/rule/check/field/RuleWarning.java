package io.meshup.registry.rule.check.field;

/**
 * What is allowed but is hardly meant. Part of an answer, never stored.
 *
 * @param pointer where in the document
 * @param message what will happen
 */
public record RuleWarning(String pointer, String message) {
}
