/**
 * What differs between two documents.
 */
@NullMarked
package io.meshup.registry.rule.diff;

import org.jspecify.annotations.NullMarked;
