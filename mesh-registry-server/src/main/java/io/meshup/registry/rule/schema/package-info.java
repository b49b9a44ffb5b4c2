/**
 * The JSON Schema of each kind, and its words.
 */
@NullMarked
package io.meshup.registry.rule.schema;

import org.jspecify.annotations.NullMarked;
