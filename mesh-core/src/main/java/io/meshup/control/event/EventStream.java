package io.meshup.control.event;

import java.net.ProtocolException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * The body of a watch: feeds the parser and notes when the last byte came. Ends when the
 * stream ends, or when the taker of events wants no more.
 */
public final class EventStream implements BodySubscriber<byte[]> {

	private final CompletableFuture<byte[]> body = new CompletableFuture<>();

	private final Runnable onBytes;

	private final SseParser parser;

	private boolean wanted = true;

	private Flow.@Nullable Subscription subscription;

	/**
	 * Makes the reader of one answer.
	 * @param onBytes told whenever something comes
	 * @param taker takes the events; {@code false} ends the stream
	 */
	public EventStream(Runnable onBytes, Predicate<SseParser.Event> taker) {
		this.onBytes = onBytes;
		this.parser = new SseParser((event) -> this.wanted = this.wanted && taker.test(event));
	}

	/**
	 * Whether an answer is a stream of events.
	 * @param info its head
	 * @return {@code false} for any other answer, such as a problem
	 */
	public static boolean isOne(ResponseInfo info) {
		String type = info.headers().firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
		return info.statusCode() == 200 && type.startsWith("text/event-stream");
	}

	@Override
	public CompletionStage<byte[]> getBody() {
		return this.body;
	}

	@Override
	public void onSubscribe(Flow.Subscription subscription) {
		this.subscription = subscription;
		subscription.request(1);
	}

	@Override
	public void onNext(List<ByteBuffer> buffers) {
		Flow.Subscription source = this.subscription;
		if (source == null) {
			return;
		}
		this.onBytes.run();
		try {
			buffers.forEach(this.parser::feed);
		}
		catch (RuntimeException ex) {
			source.cancel();
			this.body.completeExceptionally(new ProtocolException("it sends no events that can be read: " + ex));
			return;
		}
		this.onBytes.run();
		if (this.wanted) {
			source.request(1);
		}
		else {
			source.cancel();
			this.body.complete(new byte[0]);
		}
	}

	@Override
	public void onError(Throwable ex) {
		this.body.completeExceptionally(ex);
	}

	@Override
	public void onComplete() {
		this.body.complete(new byte[0]);
	}

}
