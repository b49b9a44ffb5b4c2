package io.meshup.registry.rule;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.BodyInserters;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What 10 MB of rules cost in memory: a process of its own says what is in use after each
 * collection.
 */
class HeapOfRefusalTests {

	// T70
	@Test
	void tenMegabytesCostLessThanTwenty(@TempDir Path directory) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx96m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
				Refusing.class.getName(), directory.toString())
			.redirectErrorStream(true)
			.start();

		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

		assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(output).isTrue();
		assertThat(process.exitValue()).as(output).isZero();
		List<String> said = output.lines().filter((line) -> line.startsWith("T70: ")).toList();
		assertThat(said).as(output).hasSize(1);
		System.out.println(said.get(0));
		assertThat(Double.parseDouble(said.get(0).replaceAll(".*peak \\+([0-9.]+) MB.*", "$1"))).isLessThan(20);
	}

	/**
	 * The process.
	 */
	public static final class Refusing {

		private Refusing() {
		}

		public static void main(String[] args) {
			try (RuleApi api = new RuleApi(Path.of(args[0]))) {
				refuse(api);
				long before = used();
				long peak = 0;
				long slowest = 0;
				for (int i = 0; i < 20; i++) {
					long start = System.nanoTime();
					refuse(api);
					slowest = Math.max(slowest, System.nanoTime() - start);
					peak = Math.max(peak, used() - before);
				}
				System.out.printf(
						"T70: 20 refusals of 10 MB, the slowest after %d ms, heap at its peak +%.1f MB of 96%n",
						slowest / 1_000_000, Math.max(peak, 0) / 1048576.0);
			}
		}

		private static void refuse(RuleApi api) {
			byte[] piece = "[".repeat(64 * 1024).getBytes(StandardCharsets.UTF_8);
			Flux<DataBuffer> body = Flux.range(0, 160)
				.map((i) -> (DataBuffer) DefaultDataBufferFactory.sharedInstance.wrap(piece));
			api.client()
				.put()
				.uri("/api/v1/rules/Route/inventory")
				.contentType(MediaType.APPLICATION_JSON)
				.body(BodyInserters.fromDataBuffers(body))
				.exchange()
				.expectStatus()
				.isEqualTo(413);
		}

		// Without a collection before: garbage counts as well.
		private static long used() {
			return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
		}

	}

}
