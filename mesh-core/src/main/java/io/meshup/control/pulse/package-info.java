/**
 * Whether the registry in use is still there, where there is another one to go to.
 */
@NullMarked
package io.meshup.control.pulse;

import org.jspecify.annotations.NullMarked;
