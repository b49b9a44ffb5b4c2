package io.meshup.traffic;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import io.meshup.traffic.request.InboundView;
import io.meshup.traffic.step.Step;
import org.jspecify.annotations.Nullable;

/**
 * A request that arrives, as a test writes it down.
 *
 * @param headers headers, names in lower case
 * @param remoteAddress the peer's address
 * @param answered whether the head of the answer is on its way
 */
public record TestInbound(Map<String, String> headers, @Nullable String remoteAddress,
		AtomicBoolean answered) implements InboundView {

	public static TestInbound request() {
		return new TestInbound(Map.of(), null, new AtomicBoolean());
	}

	public TestInbound header(String name, String value) {
		Map<String, String> more = new HashMap<>(this.headers);
		more.put(name, value);
		return new TestInbound(more, this.remoteAddress, this.answered);
	}

	public TestInbound from(String address) {
		return new TestInbound(this.headers, address, this.answered);
	}

	// What arrives where a call was sent with these headers.
	public static TestInbound of(Step.Send send) {
		return new TestInbound(send.changes().own(), null, new AtomicBoolean());
	}

	@Override
	public String method() {
		return "GET";
	}

	@Override
	public String path() {
		return "/";
	}

	@Override
	public @Nullable String header(String name) {
		return this.headers.get(name);
	}

	@Override
	public boolean isAnswered() {
		return this.answered.get();
	}

}
