package io.meshup.spring.blocking.call;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.meshup.traffic.OutboundCall;
import io.meshup.traffic.step.FailureKind;
import io.meshup.traffic.step.Step;
import org.jspecify.annotations.Nullable;

/**
 * Carries out the steps of one call on the caller's thread.
 *
 * @param <R> the client's response
 */
final class BlockingCall<R> implements Step.Visitor<Boolean> {

	/** Clients read a body that nobody wants to its end, to keep the connection. */
	private static final Duration DISCARD_TIMEOUT = Duration.ofMillis(500);

	private final OutboundCall call;

	private final Exchange<R> exchange;

	private final DeadlineTimer timer;

	private final MirrorPool mirrors;

	private @Nullable Step step;

	private @Nullable R response;

	private @Nullable Throwable failure;

	BlockingCall(OutboundCall call, Exchange<R> exchange, DeadlineTimer timer, MirrorPool mirrors) {
		this.call = call;
		this.exchange = exchange;
		this.timer = timer;
		this.mirrors = mirrors;
	}

	R perform() throws IOException {
		try {
			Step next = this.call.begin();
			boolean more = true;
			while (more) {
				more = next.accept(this);
				next = (this.step != null) ? this.step : next;
			}
		}
		catch (Throwable ex) {
			this.call.cancel();
			throw ex;
		}
		if (this.failure != null) {
			throw rethrown(this.failure);
		}
		if (this.response == null) {
			throw new IllegalStateException("A call to the mesh ended without a response");
		}
		return this.response;
	}

	@Override
	public Boolean send(Step.Send send) {
		boolean sent = attempt(send);
		this.mirrors.send(this.exchange, send.mirrors());
		return sent;
	}

	private boolean attempt(Step.Send send) {
		Deadline deadline = this.timer.start(send.timeout());
		R head;
		int status;
		try {
			head = this.exchange.send(send);
			status = this.exchange.status(head);
		}
		catch (IOException | RuntimeException ex) {
			this.step = failed(send, ex, deadline.stop());
			return true;
		}
		// Also what no signature tells: other languages throw checked exceptions
		// anywhere.
		catch (Throwable ex) {
			deadline.stop();
			throw ex;
		}
		deadline.stop();
		this.step = answered(head, status);
		return true;
	}

	private Step answered(R head, int status) {
		Step next = this.call.onHead(status, this.exchange.head(head));
		if (next instanceof Step.Deliver) {
			this.response = head;
			return next;
		}
		Deadline deadline = this.timer.start(DISCARD_TIMEOUT);
		try {
			this.exchange.discard(head);
		}
		finally {
			deadline.stop();
		}
		return next;
	}

	private Step failed(Step.Send send, Exception ex, boolean late) {
		boolean ownFault = this.exchange.isOwnFault() || Thread.currentThread().isInterrupted();
		FailureKind kind = ownFault ? FailureKind.OTHER : FailureKind.of(ex);
		if (!late || ownFault || kind == FailureKind.CONNECT) {
			return this.call.onFailure(ex, kind);
		}
		IOException timeout = new HttpTimeoutException("No response of '%s' instance '%s' within %d ms"
			.formatted(send.service(), send.instance().id(), send.timeout().toMillis()));
		timeout.initCause(ex);
		return this.call.onFailure(timeout, FailureKind.TIMEOUT);
	}

	@Override
	public Boolean waitFor(Step.Wait wait) {
		try {
			TimeUnit.NANOSECONDS.sleep(wait.duration().toNanos());
			this.step = this.call.resume();
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			this.call.cancel();
			this.failure = new IOException("Interrupted while waiting for the next attempt", ex);
			return false;
		}
	}

	@Override
	public Boolean reply(Step.Reply reply) {
		this.response = this.exchange.reply(reply);
		return false;
	}

	@Override
	public Boolean deliver(Step.Deliver deliver) {
		if (this.response != null) {
			this.response = this.exchange.deliver(this.response, deliver, this.call);
		}
		return false;
	}

	@Override
	public Boolean fail(Step.Fail fail) {
		this.failure = fail.cause();
		return false;
	}

	@Override
	public Boolean bypass(Step.Bypass bypass) {
		try {
			this.response = this.exchange.bypass();
		}
		catch (IOException ex) {
			this.failure = ex;
		}
		return false;
	}

	private static IOException rethrown(Throwable failure) {
		if (failure instanceof IOException io) {
			return io;
		}
		if (failure instanceof RuntimeException runtime) {
			throw runtime;
		}
		if (failure instanceof Error error) {
			throw error;
		}
		return new IOException(failure);
	}

}
