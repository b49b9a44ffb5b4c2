package io.meshup.spring.blocking.call;

import java.io.IOException;

import io.meshup.traffic.OutboundCall;
import io.meshup.traffic.request.RequestView;
import io.meshup.traffic.request.ResponseHead;
import io.meshup.traffic.step.Step;

/**
 * One request of one kind of client, as {@link BlockingCall} needs it.
 *
 * @param <R> the client's response
 */
public interface Exchange<R> {

	/**
	 * What the engine may ask of the request.
	 * @return the view
	 */
	RequestView request();

	/**
	 * Sends the request to an instance.
	 * @param send where to and with what
	 * @return the response, at least its head
	 * @throws IOException as the client throws it
	 */
	R send(Step.Send send) throws IOException;

	/**
	 * Sends the request as if there were no mesh.
	 * @return the response
	 * @throws IOException as the client throws it
	 */
	R bypass() throws IOException;

	/**
	 * Makes a response from the mesh's own answer.
	 * @param reply the answer
	 * @return the response
	 */
	R reply(Step.Reply reply);

	/**
	 * The status; some clients read the head only now.
	 * @param response the response
	 * @return its status
	 * @throws IOException as the client throws it
	 */
	int status(R response) throws IOException;

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
	 * @param call the call
	 * @return what the application gets
	 */
	R deliver(R response, Step.Deliver step, OutboundCall call);

	/**
	 * Sends a copy of a request whose body can be sent again, and throws the answer away.
	 * On a thread of its own, after the first attempt.
	 * @param mirror where to
	 * @throws IOException as the client throws it
	 */
	void mirror(Step.Mirror mirror) throws IOException;

	/**
	 * Throws a response away.
	 * @param response the response
	 */
	void discard(R response);

	/**
	 * Whether the last failure came from the application's own body.
	 * @return {@code true} where no instance is to blame; never where the body is in
	 * memory before the first attempt
	 */
	default boolean isOwnFault() {
		return false;
	}

}
