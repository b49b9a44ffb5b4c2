/**
 * Bugs that are planted behind a node's API, so that it is seen whether a recorded
 * history tells of them.
 */
@NullMarked
package io.meshup.registry.history.bug;

import org.jspecify.annotations.NullMarked;
