/**
 * The rows of the ledger, and the hashes that chain each to the one before.
 */
@NullMarked
package io.meshup.registry.store.ledger.chain;

import org.jspecify.annotations.NullMarked;
