/**
 * The traffic rules as typed values, read from the documents that operators write.
 */
@NullMarked
package io.meshup.model.rule;

import org.jspecify.annotations.NullMarked;
