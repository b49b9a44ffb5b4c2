package io.meshup.registry.watch;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link Outlet}: what is on its way to one that does not read.
 */
class OutletTests {

	private static final int PIECE = 64 * 1024;

	private final AtomicLong handed = new AtomicLong();

	private final AtomicReference<Outlet> outlet = new AtomicReference<>();

	private final AtomicReference<Channel> channel = new AtomicReference<>();

	private final DisposableServer server = new WatchConfiguration().watcherSendBuffer()
		.apply(HttpServer.create())
		.doOnConnection((connection) -> this.channel.set(connection.channel()))
		.host("127.0.0.1")
		.port(0)
		.handle(new ReactorHttpHandlerAdapter(this::answer))
		.bindNow();

	@AfterEach
	void stop() {
		this.server.disposeNow(Duration.ofSeconds(10));
	}

	@Test
	void holdsLessThanAMegabyteForOneThatDoesNotReadAndGoesOnWhenItDoes() throws IOException {
		try (Socket socket = connect()) {
			long held = held();
			Integer sendBuffer = this.channel.get().config().getOption(ChannelOption.SO_SNDBUF);
			long pending = this.channel.get().unsafe().outboundBuffer().totalPendingWriteBytes();
			long read = socket.getInputStream().readNBytes(5 * 1024 * 1024).length;

			System.out.printf(
					"T54: %d KB held for one that does not read, %d KB of them in the process; SO_SNDBUF %d%n",
					held / 1024, pending / 1024, sendBuffer);
			assertThat(held).isLessThan(1024 * 1024);
			assertThat(pending).isBetween(1L, 2L * PIECE);
			assertThat(read).isEqualTo(5 * 1024 * 1024);
		}
	}

	@Test
	void cutsAtOnceWhateverIsOnItsWay() throws IOException {
		try (Socket socket = connect()) {
			long held = held();

			this.outlet.get().cut();

			Awaitility.await().until(() -> !this.channel.get().isOpen());
			assertThatThrownBy(() -> socket.getInputStream().readNBytes((int) held)).isInstanceOf(IOException.class);
		}
	}

	private Mono<Void> answer(ServerHttpRequest request, ServerHttpResponse response) {
		Outlet present = Outlet.of(request);
		this.outlet.set(present);
		Mono<Publisher<DataBuffer>> written = present.written(() -> {
		});
		Flux<Publisher<DataBuffer>> pieces = Flux.<Publisher<DataBuffer>>generate(
				(sink) -> sink.next(Mono.fromSupplier(() -> response.bufferFactory().wrap(new byte[PIECE]))));
		return response.writeAndFlushWith(pieces.doOnNext((piece) -> this.handed.addAndGet(PIECE))
			.concatMap((piece) -> Flux.just(piece).concatWith(written), 0));
	}

	private Socket connect() throws IOException {
		Socket socket = new Socket();
		socket.setReceiveBufferSize(4096);
		socket.connect(new InetSocketAddress("127.0.0.1", this.server.port()));
		socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
		return socket;
	}

	/**
	 * Waits until no more is handed over.
	 * @return how much that is
	 */
	private long held() {
		AtomicLong last = new AtomicLong(-1);
		Awaitility.await()
			.during(Duration.ofMillis(500))
			.until(() -> this.handed.get() > 0 && this.handed.get() == last.getAndSet(this.handed.get()));
		return this.handed.get();
	}

}
