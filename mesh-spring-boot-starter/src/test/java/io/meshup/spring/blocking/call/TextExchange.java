package io.meshup.spring.blocking.call;

import java.io.IOException;
import java.net.URI;
import java.util.Map;

import io.meshup.spring.client.UriRequest;
import io.meshup.traffic.OutboundCall;
import io.meshup.traffic.request.CallContext;
import io.meshup.traffic.request.RequestView;
import io.meshup.traffic.request.ResponseHead;
import io.meshup.traffic.step.Step;
import org.jspecify.annotations.Nullable;

/**
 * A GET of the smallest client there is: a response is a text, and how it comes is given.
 */
final class TextExchange extends UriRequest implements Exchange<String> {

	private final Wire wire;

	TextExchange(Wire wire) {
		super(URI.create("http://inventory/"), CallContext.NONE);
		this.wire = wire;
	}

	@Override
	public String method() {
		return "GET";
	}

	@Override
	public @Nullable String header(String name) {
		return null;
	}

	@Override
	public boolean isReplayable() {
		return true;
	}

	@Override
	public RequestView request() {
		return this;
	}

	@Override
	public String send(Step.Send send) throws IOException {
		return this.wire.answer();
	}

	@Override
	public String bypass() throws IOException {
		return this.wire.answer();
	}

	@Override
	public void mirror(Step.Mirror mirror) throws IOException {
		this.wire.answer();
	}

	@Override
	public String reply(Step.Reply reply) {
		return "reply";
	}

	@Override
	public int status(String response) {
		return 200;
	}

	@Override
	public ResponseHead head(String response) {
		return Map.<String, String>of()::get;
	}

	@Override
	public String deliver(String response, Step.Deliver step, OutboundCall call) {
		return response;
	}

	@Override
	public void discard(String response) {
		// A text holds nothing open.
	}

	/**
	 * How answers come.
	 */
	@FunctionalInterface
	interface Wire {

		/**
		 * Sends once.
		 * @return the response
		 * @throws IOException as a client throws it
		 */
		String answer() throws IOException;

	}

}
