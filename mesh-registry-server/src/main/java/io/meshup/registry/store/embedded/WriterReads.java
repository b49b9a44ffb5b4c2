package io.meshup.registry.store.embedded;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.BiFunction;

import io.meshup.registry.problem.ApiProblem;
import io.meshup.registry.store.commit.SubjectIndex;
import io.meshup.registry.store.ledger.Ledger;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Schedulers;

import org.springframework.http.HttpStatus;

/**
 * What is read from the ledger's file waits here until the writer thread, which alone has
 * it, comes by between two commits.
 */
final class WriterReads {

	private static final int MAX_WAITING = 100;

	private final BlockingQueue<Read<?>> waiting = new ArrayBlockingQueue<>(MAX_WAITING);

	private final Runnable wake;

	/**
	 * An empty queue.
	 * @param wake tells the writer thread that something waits
	 */
	WriterReads(Runnable wake) {
		this.wake = wake;
	}

	/**
	 * Asks for something.
	 * @param <T> what is read
	 * @param what reads it, on the writer thread
	 * @return what was read, off the writer thread; fails when too many wait
	 */
	<T> Mono<T> read(BiFunction<Ledger, SubjectIndex, T> what) {
		return Mono.<T>create((sink) -> {
			if (this.waiting.offer(new Read<>(what, sink))) {
				this.wake.run();
			}
			else {
				sink.error(busy());
			}
		}).publishOn(Schedulers.boundedElastic());
	}

	/**
	 * Answers who waits. Called by the writer thread.
	 * @param ledger the rows
	 * @param index who is about what
	 */
	void serve(Ledger ledger, SubjectIndex index) {
		for (Read<?> read = this.waiting.poll(); read != null; read = this.waiting.poll()) {
			read.serve(ledger, index);
		}
	}

	void refuseAll() {
		for (Read<?> read = this.waiting.poll(); read != null; read = this.waiting.poll()) {
			read.sink.error(busy());
		}
	}

	private static ApiProblem busy() {
		return ApiProblem.of(HttpStatus.SERVICE_UNAVAILABLE,
				"The registry stops or has too many reads of its history waiting. Send again later.");
	}

	private record Read<T>(BiFunction<Ledger, SubjectIndex, T> what, MonoSink<T> sink) {

		void serve(Ledger ledger, SubjectIndex index) {
			try {
				this.sink.success(this.what.apply(ledger, index));
			}
			catch (RuntimeException | Error ex) {
				this.sink.error(ex);
			}
		}

	}

}
