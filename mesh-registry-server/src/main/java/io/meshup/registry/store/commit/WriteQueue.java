package io.meshup.registry.store.commit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Function;

import io.meshup.registry.problem.ApiProblem;
import io.meshup.registry.store.Fact;
import io.meshup.registry.store.rule.RuleBatch;
import io.meshup.registry.store.rule.RuleCommit;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Schedulers;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * The writes that wait for the writer thread, at most as many as may. Thread-safe.
 */
public final class WriteQueue {

	private final int most;

	private final BlockingQueue<PendingWrite> writes;

	private final Runnable wake;

	private volatile boolean closed;

	/**
	 * Makes an empty one.
	 * @param most how many may wait
	 * @param wake wakes the writer thread up
	 */
	public WriteQueue(int most, Runnable wake) {
		this.most = most;
		this.writes = new ArrayBlockingQueue<>(most);
		this.wake = wake;
	}

	/**
	 * Waits for a batch to be made.
	 * @param batch decides on the writer thread
	 * @return the outcome, off the writer thread
	 */
	public Mono<RuleCommit> write(RuleBatch batch) {
		return pending((sink) -> PendingWrite.of(batch, sink));
	}

	/**
	 * Waits for facts to be kept.
	 * @param all the facts
	 * @return completes off the writer thread
	 */
	public Mono<Void> keep(List<Fact> all) {
		return pending((sink) -> PendingWrite.of(all, sink)).then();
	}

	/**
	 * Takes all that waits.
	 * @return the writes, in their order
	 */
	public List<PendingWrite> drain() {
		List<PendingWrite> waiting = new ArrayList<>();
		this.writes.drainTo(waiting);
		return waiting;
	}

	/**
	 * Refuses everything from now on.
	 */
	public void close() {
		this.closed = true;
	}

	private Mono<RuleCommit> pending(Function<MonoSink<RuleCommit>, PendingWrite> write) {
		return Mono.<RuleCommit>create((sink) -> enqueue(write.apply(sink))).publishOn(Schedulers.parallel());
	}

	private void enqueue(PendingWrite write) {
		if (this.closed) {
			write.sink().error(later("The registry is stopping."));
		}
		else if (!this.writes.offer(write)) {
			write.sink()
				.error(later(
						this.most + " changes wait already, as many as may (mesh.registry.limits.waiting-writes)."));
		}
		else {
			this.wake.run();
		}
	}

	private static ApiProblem later(String reason) {
		HttpHeaders headers = new HttpHeaders();
		headers.set(HttpHeaders.RETRY_AFTER, "1");
		return ApiProblem
			.of(HttpStatus.SERVICE_UNAVAILABLE,
					reason + " Nothing was changed; send again in a second, or to another node.")
			.withHeaders(headers);
	}

}
