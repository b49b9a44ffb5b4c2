package io.meshup.probe;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

/**
 * Calls other services on demand, through the application's ordinary {@link RestClient}.
 */
@RestController
class CallController {

	private final RestClient client;

	CallController(RestClient client) {
		this.client = client;
	}

	// Passes one GET on and answers what came back.
	@GetMapping("/relay")
	ResponseEntity<String> relay(@RequestParam String uri) {
		return this.client.get()
			.uri(uri)
			.exchange((request, response) -> ResponseEntity.status(response.getStatusCode())
				.body(new String(response.getBody().readAllBytes(), StandardCharsets.UTF_8)));
	}

	// Makes many calls and counts the answers: a body of status 200 counts as itself, all
	// else as its status or exception.
	@PostMapping("/burst")
	Map<String, Long> burst(@RequestParam String uri, @RequestParam int count, @RequestParam int threads)
			throws InterruptedException, ExecutionException {
		Map<String, AtomicLong> tally = new ConcurrentHashMap<>();
		AtomicInteger left = new AtomicInteger(count);
		Callable<Void> worker = () -> {
			while (left.getAndDecrement() > 0) {
				tally.computeIfAbsent(call(uri), (answer) -> new AtomicLong()).incrementAndGet();
			}
			return null;
		};
		ExecutorService pool = Executors.newFixedThreadPool(threads);
		try {
			for (Future<Void> done : pool.invokeAll(IntStream.range(0, threads).mapToObj((i) -> worker).toList())) {
				done.get();
			}
		}
		finally {
			pool.shutdown();
		}
		Map<String, Long> counts = new TreeMap<>();
		tally.forEach((answer, number) -> counts.put(answer, number.get()));
		return counts;
	}

	private String call(String uri) {
		try {
			return this.client.get().uri(uri).exchange((request, response) -> {
				String body = new String(response.getBody().readAllBytes(), StandardCharsets.UTF_8);
				return response.getStatusCode().is2xxSuccessful() ? body
						: String.valueOf(response.getStatusCode().value());
			});
		}
		catch (RuntimeException ex) {
			return ex.getClass().getSimpleName() + ": " + ex.getMessage();
		}
	}

}
