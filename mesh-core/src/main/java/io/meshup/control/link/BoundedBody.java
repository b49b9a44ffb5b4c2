package io.meshup.control.link;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

import org.jspecify.annotations.Nullable;

/**
 * Takes the first bytes of an answer and then hangs up: whatever stands at the registry's
 * address cannot fill this process's memory.
 */
public final class BoundedBody implements BodySubscriber<byte[]> {

	private static final int LIMIT = 64 * 1024;

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	private final CompletableFuture<byte[]> body = new CompletableFuture<>();

	private Flow.@Nullable Subscription subscription;

	@Override
	public CompletionStage<byte[]> getBody() {
		return this.body;
	}

	@Override
	public void onSubscribe(Flow.Subscription subscription) {
		this.subscription = subscription;
		subscription.request(Long.MAX_VALUE);
	}

	@Override
	public void onNext(List<ByteBuffer> buffers) {
		for (ByteBuffer buffer : buffers) {
			byte[] part = new byte[Math.min(buffer.remaining(), LIMIT - this.bytes.size())];
			buffer.get(part);
			this.bytes.writeBytes(part);
		}
		if (this.bytes.size() >= LIMIT && this.subscription != null) {
			this.subscription.cancel();
			this.body.complete(this.bytes.toByteArray());
		}
	}

	@Override
	public void onError(Throwable ex) {
		this.body.completeExceptionally(ex);
	}

	@Override
	public void onComplete() {
		this.body.complete(this.bytes.toByteArray());
	}

}
