/**
 * How both stores make one commit of many writes, and tell of it.
 */
@NullMarked
package io.meshup.registry.store.commit;

import org.jspecify.annotations.NullMarked;
