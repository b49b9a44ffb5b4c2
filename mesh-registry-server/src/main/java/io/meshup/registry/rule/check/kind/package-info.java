/**
 * What a schema cannot say about each kind of rule.
 */
@NullMarked
package io.meshup.registry.rule.check.kind;

import org.jspecify.annotations.NullMarked;
