/**
 * What the registry keeps on disk, the one sequence of revisions and the change feed
 * where its features meet.
 */
@NullMarked
package io.meshup.registry.store;

import org.jspecify.annotations.NullMarked;
