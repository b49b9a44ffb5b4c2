/**
 * The command that looks at everything and says what to do.
 */
@NullMarked
package io.meshup.cli.check;

import org.jspecify.annotations.NullMarked;
