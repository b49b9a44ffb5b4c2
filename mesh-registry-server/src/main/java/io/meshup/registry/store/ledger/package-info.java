/**
 * The append-only, hash-chained file and the directory that it is in.
 */
@NullMarked
package io.meshup.registry.store.ledger;

import org.jspecify.annotations.NullMarked;
