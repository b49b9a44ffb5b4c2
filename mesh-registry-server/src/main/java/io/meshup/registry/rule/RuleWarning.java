package io.meshup.registry.rule;

/**
 * What is allowed but is hardly meant. Part of an answer, never stored.
 *
 * @param pointer where in the document
 * @param message what will happen
 */
record RuleWarning(String pointer, String message) {
}
