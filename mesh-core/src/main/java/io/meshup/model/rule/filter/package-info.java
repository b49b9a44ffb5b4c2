/**
 * What a rule does with its requests beside sending them on, in the words of Gateway API.
 */
@NullMarked
package io.meshup.model.rule.filter;

import org.jspecify.annotations.NullMarked;
