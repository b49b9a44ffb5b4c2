package io.meshup.registry.security.rate;

import java.util.concurrent.atomic.AtomicInteger;

import io.meshup.registry.problem.ApiProblem;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * How many calls of operators are under way. Further ones are refused at once, so that
 * those that were taken are done soon, however many come. What participants do, watches
 * and the health are never counted. Thread-safe.
 */
public final class OperatorCalls {

	private final AtomicInteger present = new AtomicInteger();

	private final int most;

	private final ApiProblem refusal;

	/**
	 * Begins with none.
	 * @param most how many there may be at one time
	 */
	public OperatorCalls(int most) {
		this.most = most;
		HttpHeaders headers = new HttpHeaders();
		headers.set(HttpHeaders.RETRY_AFTER, "1");
		this.refusal = ApiProblem
			.of(HttpStatus.SERVICE_UNAVAILABLE,
					"The registry is busy with " + most + " calls of operators already, as many as may be at one time "
							+ "(mesh.registry.limits.operator-calls). Nothing was done; send again in a second.")
			.withHeaders(headers);
	}

	/**
	 * Whether a request is one of those that are counted.
	 * @param request any request
	 * @return {@code false} for what must go on however busy the registry is
	 */
	public static boolean isCounted(ServerHttpRequest request) {
		String path = request.getPath().pathWithinApplication().value();
		if (!path.startsWith("/api/") || path.equals("/api/v1/watch")) {
			return false;
		}
		boolean isInstance = path.startsWith("/api/v1/services/") && path.contains("/instances/")
				&& !path.endsWith("/drain");
		return !isInstance || request.getMethod().equals(HttpMethod.GET);
	}

	/**
	 * Whether there is no room for another one.
	 * @return {@code true} when it would be refused
	 */
	public boolean isFull() {
		return this.present.get() >= this.most;
	}

	/**
	 * Begins a call.
	 * @return {@code false} when there are too many; else {@link #leave()} must follow
	 */
	public boolean enter() {
		if (this.present.incrementAndGet() <= this.most) {
			return true;
		}
		leave();
		return false;
	}

	/**
	 * Ends a call.
	 */
	public void leave() {
		this.present.decrementAndGet();
	}

	/**
	 * What to tell those that find no room.
	 * @return a problem with status 503
	 */
	public ApiProblem refusal() {
		return this.refusal;
	}

}
