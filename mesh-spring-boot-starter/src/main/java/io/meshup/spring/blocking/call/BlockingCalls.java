package io.meshup.spring.blocking.call;

import java.io.IOException;
import java.net.URI;

import io.meshup.spring.client.HostScope;
import io.meshup.spring.client.ServiceUri;
import io.meshup.traffic.OutboundCall;
import io.meshup.traffic.TrafficEngine;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.util.function.SingletonSupplier;

/**
 * Opens calls of blocking clients. The engine is looked up at the first call, so that a
 * client may be made before it. Thread-safe.
 */
public final class BlockingCalls implements AutoCloseable {

	private final SingletonSupplier<TrafficEngine> engine;

	private final DeadlineTimer timer = new DeadlineTimer();

	private final MirrorPool mirrors = new MirrorPool(this.timer);

	public BlockingCalls(ObjectProvider<TrafficEngine> engine) {
		this.engine = SingletonSupplier.of(engine::getObject);
	}

	/**
	 * The service that a URI may mean.
	 * @param uri the URI of a request
	 * @param scope which hosts the client means as services
	 * @return its name, or {@code null} where the request passes through untouched
	 */
	public @Nullable String service(URI uri, HostScope scope) {
		String host = ServiceUri.service(uri);
		return (host != null && scope.mayCover(this.engine.obtain(), host)) ? host : null;
	}

	public <R> R perform(String service, HostScope scope, Exchange<R> exchange) throws IOException {
		OutboundCall call = scope.open(this.engine.obtain(), service, exchange.request());
		return new BlockingCall<>(call, exchange, this.timer, this.mirrors).perform();
	}

	@Override
	public void close() {
		this.mirrors.close();
		this.timer.close();
	}

}
