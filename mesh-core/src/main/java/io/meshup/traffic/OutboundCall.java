package io.meshup.traffic;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.meshup.model.Instance;
import io.meshup.model.InstanceStatus;
import org.jspecify.annotations.Nullable;

/**
 * One call from its beginning to the end of the response. The adapter asks it what to do
 * next and tells it what came of it; the steps of a call follow each other, on whatever
 * threads.
 */
public final class OutboundCall {

	private final TrafficEngine engine;

	private final String service;

	OutboundCall(TrafficEngine engine, String service) {
		this.engine = engine;
		this.service = service;
	}

	/**
	 * The first step.
	 * @return what to do
	 */
	public Step begin() {
		List<Instance> up = this.engine.services()
			.view(this.service)
			.instances()
			.stream()
			.filter((instance) -> instance.status() == InstanceStatus.UP)
			.toList();
		if (up.isEmpty()) {
			return new Step.Reply(503, Map.of("x-mesh-reason", "no-instance"), new byte[0]);
		}
		Instance instance = up.get(this.engine.random().nextInt(up.size()));
		return new Step.Send(this.service, instance, this.engine.headers(), Duration.ZERO, 1);
	}

	/**
	 * Goes on after a {@link Step.Wait}.
	 * @return what to do
	 */
	public Step resume() {
		return begin();
	}

	/**
	 * The head of a response arrived.
	 * @param status its status
	 * @param headers looks up the first value of a header in any case
	 * @return {@link Step.Deliver}, or another attempt: then the adapter discards this
	 * response first
	 */
	public Step onHead(int status, Function<String, @Nullable String> headers) {
		return Step.Deliver.INSTANCE;
	}

	/**
	 * The attempt failed before the head of a response.
	 * @param ex what the client threw
	 * @param kind what kind of failure it is
	 * @return what to do
	 */
	public Step onFailure(Throwable ex, FailureKind kind) {
		return new Step.Fail(ex);
	}

	/**
	 * The delivered response's body ended. Idempotent.
	 * @param bodyFailure what broke it, or {@code null}
	 */
	public void onEnd(@Nullable Throwable bodyFailure) {
	}

	/**
	 * The caller went away: whatever the call holds is released. Idempotent; may be
	 * called at any time from any thread.
	 */
	public void cancel() {
	}

}
