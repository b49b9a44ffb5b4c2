package io.meshup.registry.store.embedded;

import io.meshup.registry.store.RuleBatch;
import io.meshup.registry.store.RuleCommit;
import reactor.core.publisher.MonoSink;

/**
 * A batch and who waits for it.
 *
 * @param batch what to do
 * @param sink takes the outcome
 */
record PendingWrite(RuleBatch batch, MonoSink<RuleCommit> sink) {
}
