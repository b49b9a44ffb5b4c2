package io.meshup.gateway.direct.attempt;

import java.util.Map;
import java.util.TreeMap;

import io.meshup.gateway.exchange.GatewayProblem;
import io.meshup.route.filter.HeaderChanges;
import io.meshup.traffic.OutboundCall;
import io.meshup.traffic.request.ResponseHead;
import io.meshup.traffic.step.Step;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClientResponse;

/**
 * What an attempt gave, or what the engine answers by itself.
 */
public sealed interface Answer {

	int status();

	/**
	 * The engine's own.
	 *
	 * @param reply what to say
	 */
	record Own(Step.Reply reply) implements Answer {

		@Override
		public int status() {
			return this.reply.status();
		}

	}

	/**
	 * The gateway's own.
	 *
	 * @param problem what to say
	 */
	record Refused(GatewayProblem problem) implements Answer {

		@Override
		public int status() {
			return this.problem.status().value();
		}

	}

	/**
	 * An instance's: its head has come, its body comes.
	 *
	 * @param head the head
	 * @param connection where the body comes from
	 * @param changes what is changed about its headers
	 * @param capture the call that wants to see the body, or {@code null}
	 */
	record Arrived(HttpClientResponse head, Connection connection, HeaderChanges changes,
			@Nullable OutboundCall capture) implements Answer, ResponseHead {

		Arrived(HttpClientResponse head, Connection connection) {
			this(head, connection, HeaderChanges.NONE, null);
		}

		Arrived delivered(Step.Deliver step, OutboundCall call) {
			return new Arrived(this.head, this.connection, step.changes(), step.capture() ? call : null);
		}

		@Override
		public int status() {
			return this.head.status().code();
		}

		@Override
		public @Nullable String header(String name) {
			return this.head.responseHeaders().get(name);
		}

		@Override
		public Map<String, String> headers() {
			Map<String, String> joined = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
			this.head.responseHeaders()
				.forEach((each) -> joined.merge(each.getKey(), each.getValue(), (first, next) -> first + ", " + next));
			return joined;
		}

	}

}
