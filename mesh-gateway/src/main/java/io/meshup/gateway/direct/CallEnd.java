package io.meshup.gateway.direct;

import io.meshup.traffic.OutboundCall;
import reactor.core.observability.DefaultSignalListener;

/**
 * Ends a call when the last byte is written, or when the caller went away.
 */
final class CallEnd extends DefaultSignalListener<Void> {

	private final OutboundCall call;

	private final DirectExchange attempts;

	CallEnd(OutboundCall call, DirectExchange attempts) {
		this.call = call;
		this.attempts = attempts;
	}

	@Override
	public void doOnComplete() {
		this.call.onEnd(null);
	}

	@Override
	public void doOnError(Throwable error) {
		this.call.onEnd(error);
		this.attempts.close();
	}

	@Override
	public void doOnCancel() {
		this.call.cancel();
		this.attempts.close();
	}

}
