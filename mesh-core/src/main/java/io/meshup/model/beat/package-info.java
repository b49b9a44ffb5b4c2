/**
 * What an instance and the registry tell each other with each beat.
 */
@NullMarked
package io.meshup.model.beat;

import org.jspecify.annotations.NullMarked;
