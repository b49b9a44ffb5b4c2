/**
 * Operators' text, JSON or YAML, read to trees within limits.
 */
@NullMarked
package io.meshup.registry.rule.text;

import org.jspecify.annotations.NullMarked;
