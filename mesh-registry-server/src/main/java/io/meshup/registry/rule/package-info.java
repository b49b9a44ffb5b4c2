/**
 * The operators' rules: reading, checking, and the API over them.
 */
@NullMarked
package io.meshup.registry.rule;

import org.jspecify.annotations.NullMarked;
