package io.meshup.registry.watch;

import java.util.HashMap;
import java.util.Map;

import io.meshup.registry.lease.Leases;
import io.meshup.registry.lease.instance.Line;
import io.meshup.registry.limit.RegistryLimits;
import io.meshup.registry.problem.ApiProblem;
import io.meshup.registry.watch.image.Frame;
import io.meshup.registry.watch.push.WatchHub;
import io.meshup.registry.watch.stream.Burst;
import io.meshup.registry.watch.stream.WatchRequest;
import io.meshup.registry.watch.stream.WatchStream;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/**
 * The watch: server-sent events as long as the connection holds. Events that are there at
 * the same time are flushed together, and only when those before are gone.
 */
@RestController
final class WatchController {

	private final WatchHub hub;

	private final Leases leases;

	private final RegistryLimits limits;

	private final WatchSettings settings;

	WatchController(WatchHub hub, Leases leases, RegistryLimits limits, WatchSettings settings) {
		this.hub = hub;
		this.leases = leases;
		this.limits = limits;
		this.settings = settings;
	}

	@GetMapping(path = "/api/v1/watch", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Mono<Void> watch(@RequestParam MultiValueMap<String, String> query,
			@RequestHeader(name = "Last-Event-ID", defaultValue = "") String lastEventId, ServerWebExchange exchange) {
		WatchRequest request = WatchRequest.parse(joined(query), lastEventId, this.limits.watchedServices());
		if (this.hub.isClosed()) {
			throw ApiProblem.of(HttpStatus.SERVICE_UNAVAILABLE,
					"The registry is stopping. Try again when it is back, or ask another one.");
		}
		Line line = request.line();
		if (line == null) {
			return stream(request, exchange);
		}
		return this.leases.open(line)
			.then(Mono.defer(() -> stream(request, exchange)))
			.doFinally((signal) -> this.leases.close(line));
	}

	private Mono<Void> stream(WatchRequest request, ServerWebExchange exchange) {
		ServerHttpResponse response = exchange.getResponse();
		Outlet outlet = Outlet.of(exchange.getRequest());
		WatchStream stream = this.hub.join(request, outlet::cut);
		response.getHeaders().setContentType(MediaType.TEXT_EVENT_STREAM);
		Flux<Mono<Frame>> events = Flux.generate((sink) -> {
			if (stream.isClosed()) {
				sink.complete();
			}
			else {
				sink.next(stream.next());
			}
		});
		Mono<Publisher<DataBuffer>> written = outlet.<Publisher<DataBuffer>>written(stream::handed)
			.doOnTerminate(stream::progressed);
		// The next event is asked for only when this one is written: until then what
		// changes is kept as one entry per service, and who does not read is noticed.
		Flux<Publisher<DataBuffer>> pieces = events
			.concatMap((event) -> event.map((frame) -> Burst.of(frame, stream::more).pieces(response.bufferFactory()))
				.flatMapMany(Flux::fromIterable)
				.concatMap((piece) -> Flux.just(piece).concatWith(written), 0), 0);
		Mono<Void> writing = response.writeAndFlushWith(pieces).doFinally((signal) -> this.hub.leave(stream));
		return (request.line() != null) ? writing : forAWhile(writing, stream, response);
	}

	// A reader holds no lease whose end would tell that it vanished without a word, and
	// what is written to it is taken by the system for a quarter of an hour.
	private Mono<Void> forAWhile(Mono<Void> writing, WatchStream stream, ServerHttpResponse response) {
		response.getHeaders().setConnection("close");
		return Mono.using(() -> Mono.delay(this.settings.life()).subscribe((over) -> stream.end()), (timer) -> writing,
				Disposable::dispose);
	}

	private static Map<String, String> joined(MultiValueMap<String, String> query) {
		Map<String, String> joined = new HashMap<>();
		query.forEach((name, values) -> joined.put(name, String.join(",", values)));
		return joined;
	}

}
