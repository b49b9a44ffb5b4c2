/**
 * meshctl: the operators' commands put together.
 */
@NullMarked
package io.meshup.cli;

import org.jspecify.annotations.NullMarked;
