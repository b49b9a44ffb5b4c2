package io.meshup.registry.store;

import reactor.core.publisher.MonoSink;

/**
 * A batch and who waits for it.
 *
 * @param batch what to do
 * @param sink takes the outcome
 */
record PendingWrite(RuleBatch batch, MonoSink<RuleCommit> sink) {
}
