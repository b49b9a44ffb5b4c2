package io.meshup.registry.watch;

import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.netty.http.server.HttpServerRequest;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;

/**
 * Where a watcher's events leave the process. The web server asks for up to 128 pieces
 * ahead and queues them, whether or not the watcher reads: only the connection itself
 * knows what was written. Thread-safe.
 */
final class Outlet {

	private final @Nullable Channel channel;

	private Outlet(@Nullable Channel channel) {
		this.channel = channel;
	}

	static Outlet of(ServerHttpRequest request) {
		AtomicReference<Channel> channel = new AtomicReference<>();
		if (ServerHttpRequestDecorator.getNativeRequest(request) instanceof HttpServerRequest server) {
			server.withConnection((connection) -> channel.set(connection.channel()));
		}
		return new Outlet(channel.get());
	}

	/**
	 * Waits until all that was handed over is with the operating system, whose own buffer
	 * is limited too.
	 * @param <T> whatever it is put behind
	 * @param handed told when there is something that could not be written at once
	 * @return empty, as soon as there is nothing left, or nobody to take it
	 */
	<T> Mono<T> written(Runnable handed) {
		Channel present = this.channel;
		if (present == null) {
			return Mono.empty();
		}
		// Always as a task of its own: what was handed over may be one that still waits.
		return Mono.create((sink) -> present.eventLoop().execute(() -> await(present, handed, sink)));
	}

	/**
	 * Ends the connection and drops what is on its way: a watcher that reads slowly would
	 * else learn of it only at the end of all that.
	 */
	void cut() {
		Channel present = this.channel;
		ChannelHandlerContext first = (present != null) ? present.pipeline().firstContext() : null;
		if (present != null && first != null) {
			present.config().setOption(ChannelOption.SO_LINGER, 0);
			// Past the handler of TLS, which would wait for its last words to be taken.
			Future<?> unused = first.close();
		}
	}

	private static <T> void await(Channel channel, Runnable handed, MonoSink<T> sink) {
		ChannelOutboundBuffer pending = channel.unsafe().outboundBuffer();
		if (pending == null || pending.totalPendingWriteBytes() == 0) {
			sink.success();
			return;
		}
		handed.run();
		// Nothing is written, but only after all that is before it.
		channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener((future) -> sink.success());
	}

}
