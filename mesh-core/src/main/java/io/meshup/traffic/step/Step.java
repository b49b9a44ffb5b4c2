package io.meshup.traffic.step;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.meshup.model.Instance;
import io.meshup.route.filter.HeaderChanges;

/**
 * What the adapter does next. Immutable. A new kind of step breaks every adapter at
 * compile time, through {@link Visitor}.
 */
public sealed interface Step {

	/**
	 * Hands this step to the method for its kind.
	 * @param <R> what the visitor returns
	 * @param visitor the visitor
	 * @return its answer
	 */
	<R> R accept(Visitor<R> visitor);

	/**
	 * Send the request, then tell {@code OutboundCall.onHead} or
	 * {@code OutboundCall.onFailure}.
	 *
	 * @param service the service that the instance belongs to
	 * @param instance where to
	 * @param changes what is changed about the request
	 * @param timeout limit until the head of the response; zero for none
	 * @param attempt counted from 1
	 * @param mirrors copies to send beside, with the first attempt only
	 */
	record Send(String service, Instance instance, RequestChanges changes, Duration timeout, int attempt,
			List<Mirror> mirrors) implements Step {

		@Override
		public <R> R accept(Visitor<R> visitor) {
			return visitor.send(this);
		}

	}

	/**
	 * A copy of a request. Nobody waits for its answer, which is thrown away; an adapter
	 * that has too many under way, or a body that can be sent once only, drops it.
	 *
	 * @param service the service that the instance belongs to
	 * @param instance where to
	 * @param changes what is changed about the request
	 */
	record Mirror(String service, Instance instance, RequestChanges changes) {

	}

	/**
	 * Wait, then ask {@code OutboundCall.resume}.
	 *
	 * @param duration how long
	 */
	record Wait(Duration duration) implements Step {

		@Override
		public <R> R accept(Visitor<R> visitor) {
			return visitor.waitFor(this);
		}

	}

	/**
	 * Answer the caller with this; nothing more is sent.
	 *
	 * @param status the status
	 * @param headers with {@code x-mesh-reason} where the mesh refuses
	 * @param body problem details in JSON where the mesh refuses
	 */
	record Reply(int status, Map<String, String> headers, byte[] body) implements Step {

		@Override
		public <R> R accept(Visitor<R> visitor) {
			return visitor.reply(this);
		}

	}

	/**
	 * Hand the last response to the caller and tell {@code OutboundCall.onEnd} when its
	 * body ends.
	 *
	 * @param changes what is changed about its headers
	 * @param capture whether {@code OutboundCall.onBody} wants to see the body as the
	 * application reads it
	 */
	record Deliver(HeaderChanges changes, boolean capture) implements Step {

		/** As it came. */
		public static final Deliver PLAIN = new Deliver(HeaderChanges.NONE, false);

		@Override
		public <R> R accept(Visitor<R> visitor) {
			return visitor.deliver(this);
		}

	}

	/**
	 * Throw the error of the last attempt, as the client itself would.
	 *
	 * @param cause the error
	 */
	record Fail(Throwable cause) implements Step {

		@Override
		public <R> R accept(Visitor<R> visitor) {
			return visitor.fail(this);
		}

	}

	/**
	 * Not a service of the mesh: send the request untouched. The call is over.
	 */
	record Bypass() implements Step {

		/** The only one. */
		public static final Bypass INSTANCE = new Bypass();

		@Override
		public <R> R accept(Visitor<R> visitor) {
			return visitor.bypass(this);
		}

	}

	/**
	 * One method for each kind of step.
	 *
	 * @param <R> what they return
	 */
	interface Visitor<R> {

		R send(Send send);

		R waitFor(Wait wait);

		R reply(Reply reply);

		R deliver(Deliver deliver);

		R fail(Fail fail);

		R bypass(Bypass bypass);

	}

}
