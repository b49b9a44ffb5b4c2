package io.meshup.registry.watch.stream;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;

import io.meshup.registry.watch.image.Frame;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Burst}.
 */
class BurstTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	@Test
	void writesWhatIsThereTogetherInItsOrder() {
		Queue<Frame> waiting = new ArrayDeque<>(List.of(frame("b", "2"), frame("c", "3")));

		List<String> pieces = written(Burst.of(frame("a", "1"), waiting::poll));

		assertThat(pieces).containsExactly("a1b2c3");
	}

	@Test
	void leavesEventsThatDoNotFitIntoOnePieceForTheNextTime() {
		Queue<Frame> waiting = new ArrayDeque<>(List.of(frame("b", "2".repeat(Burst.PIECE)), frame("c", "3")));

		List<String> pieces = written(Burst.of(frame("a", "1"), waiting::poll));

		assertThat(waiting).hasSize(1);
		assertThat(pieces).hasSize(2).allMatch((piece) -> piece.length() <= Burst.PIECE);
		assertThat(String.join("", pieces)).isEqualTo("a1b" + "2".repeat(Burst.PIECE));
	}

	private static List<String> written(Burst burst) {
		List<String> pieces = new ArrayList<>();
		for (Publisher<DataBuffer> piece : burst.pieces(DefaultDataBufferFactory.sharedInstance)) {
			DataBuffer buffer = Mono.from(piece).block(LIMIT);
			byte[] bytes = new byte[buffer.readableByteCount()];
			buffer.read(bytes);
			pieces.add(new String(bytes, StandardCharsets.UTF_8));
		}
		return pieces;
	}

	private static Frame frame(String head, String body) {
		return new Frame(head.getBytes(StandardCharsets.UTF_8),
				Arrays.copyOf(body.getBytes(StandardCharsets.UTF_8), body.length()));
	}

}
