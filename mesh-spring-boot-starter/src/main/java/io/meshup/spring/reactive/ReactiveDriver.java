package io.meshup.spring.reactive;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import io.meshup.traffic.OutboundCall;
import io.meshup.traffic.request.ResponseHead;
import io.meshup.traffic.step.FailureKind;
import io.meshup.traffic.step.Step;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Carries out the steps of calls without blocking, for any reactive client: an adapter
 * brings an {@link Exchange}. Timers run on the scheduler, everything else where the
 * client signals. Cancelling the result cancels the call. Thread-safe.
 */
public final class ReactiveDriver {

	/** A body that nobody wants is read to its end, to keep the connection, or cut. */
	private static final Duration DISCARD_TIMEOUT = Duration.ofMillis(500);

	private final Scheduler scheduler;

	private final MirrorFlow mirrors;

	/**
	 * Makes a driver.
	 * @param scheduler runs waits and deadlines
	 */
	public ReactiveDriver(Scheduler scheduler) {
		this.scheduler = scheduler;
		this.mirrors = new MirrorFlow(scheduler);
	}

	/**
	 * Makes one call for each subscription.
	 * @param <R> the client's response
	 * @param calls opens a call
	 * @param exchange sends the request
	 * @return the response
	 */
	public <R> Mono<R> drive(Supplier<OutboundCall> calls, Exchange<R> exchange) {
		return Mono.defer(() -> {
			OutboundCall call = calls.get();
			return new Drive<>(call, exchange).start();
		});
	}

	/**
	 * One request of one kind of client. {@link #send} may be called several times, one
	 * after the other.
	 *
	 * @param <R> the client's response
	 */
	public interface Exchange<R> {

		/**
		 * Sends the request to an instance.
		 * @param send where to and with what
		 * @return the head of the response
		 */
		Mono<R> send(Step.Send send);

		/**
		 * Sends the request as if there were no mesh.
		 * @return the response
		 */
		Mono<R> bypass();

		/**
		 * Makes a response from the mesh's own answer.
		 * @param reply the answer
		 * @return the response
		 */
		Mono<R> reply(Step.Reply reply);

		/**
		 * The status of a response.
		 * @param response the response
		 * @return its status
		 */
		int status(R response);

		/**
		 * The head of a response.
		 * @param response the response
		 * @return its headers as the engine reads them
		 */
		ResponseHead head(R response);

		/**
		 * Makes a response that tells the call when its body ends.
		 * @param response the response
		 * @param step what is changed about it
		 * @param call to be told by {@link OutboundCall#onEnd}
		 * @return what the application gets
		 */
		R deliver(R response, Step.Deliver step, OutboundCall call);

		/**
		 * Sends a copy of the request and throws the answer away; does nothing where its
		 * body cannot be sent again. Subscribed to after the first attempt.
		 * @param mirror where to
		 * @return completes with the answer's end
		 */
		Mono<Void> mirror(Step.Mirror mirror);

		/**
		 * Throws a response away before the next attempt.
		 * @param response the response
		 * @return completes when its body is gone
		 */
		Mono<Void> discard(R response);

		/**
		 * What kind of failure an attempt ended with.
		 * @param failure what the client signalled
		 * @return the kind
		 */
		default FailureKind kind(Throwable failure) {
			return FailureKind.of(failure);
		}

	}

	/**
	 * One call. Its steps follow each other; each step becomes a part of the result.
	 *
	 * @param <R> the client's response
	 */
	private final class Drive<R> implements Step.Visitor<Mono<R>> {

		private final OutboundCall call;

		private final Exchange<R> exchange;

		private Drive(OutboundCall call, Exchange<R> exchange) {
			this.call = call;
			this.exchange = exchange;
		}

		private Mono<R> start() {
			return this.call.begin().accept(this).doOnError((ex) -> this.call.cancel()).doOnCancel(this.call::cancel);
		}

		@Override
		public Mono<R> send(Step.Send send) {
			Mono<R> attempt = Mono.defer(() -> this.exchange.send(send));
			if (!send.timeout().isZero()) {
				attempt = attempt.timeout(send.timeout(), Mono.error(() -> late(send)), ReactiveDriver.this.scheduler);
			}
			if (!send.mirrors().isEmpty()) {
				attempt = attempt.doOnTerminate(() -> ReactiveDriver.this.mirrors.send(this.exchange, send.mirrors()));
			}
			return attempt.map(this::answered)
				.onErrorResume(Exception.class, (ex) -> Mono.just(failed(ex)))
				.flatMap((next) -> next);
		}

		private Mono<R> answered(R response) {
			Step next = this.call.onHead(this.exchange.status(response), this.exchange.head(response));
			if (next instanceof Step.Deliver deliver) {
				return Mono.fromSupplier(() -> this.exchange.deliver(response, deliver, this.call));
			}
			Mono<Void> discarded = this.exchange.discard(response)
				.timeout(DISCARD_TIMEOUT, Mono.empty(), ReactiveDriver.this.scheduler)
				.onErrorComplete();
			return discarded.then(Mono.defer(() -> next.accept(this)));
		}

		private Mono<R> failed(Exception ex) {
			FailureKind kind = (ex instanceof TimeoutException) ? FailureKind.TIMEOUT : this.exchange.kind(ex);
			return this.call.onFailure(ex, kind).accept(this);
		}

		private static TimeoutException late(Step.Send send) {
			return new TimeoutException("No response of '%s' instance '%s' within %d ms".formatted(send.service(),
					send.instance().id(), send.timeout().toMillis()));
		}

		@Override
		public Mono<R> waitFor(Step.Wait wait) {
			return Mono.delay(wait.duration(), ReactiveDriver.this.scheduler)
				.flatMap((tick) -> this.call.resume().accept(this));
		}

		@Override
		public Mono<R> reply(Step.Reply reply) {
			return this.exchange.reply(reply);
		}

		@Override
		public Mono<R> deliver(Step.Deliver deliver) {
			return Mono.error(new IllegalStateException("There is no response to deliver"));
		}

		@Override
		public Mono<R> fail(Step.Fail fail) {
			return Mono.error(fail.cause());
		}

		@Override
		public Mono<R> bypass(Step.Bypass bypass) {
			return this.exchange.bypass();
		}

	}

}
