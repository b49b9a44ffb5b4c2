package io.meshup.control.event;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link SseParser}.
 */
class SseParserTests {

	private static final String STREAM = "\uFEFF: a comment\n\nevent: service\nid: 41\ndata: {\"a\":\ndata:\"häß€\"}\n\n"
			+ "event:sync\r\nid:42\r\ndata:x\r\n\r\n:keep\r\r" + "data: only\rretry: 5\rfoo: bar\rdata\r\r"
			+ "id: with\0nul\ndata:  two blanks\n\nevent: nodata\n\ndata: last\n\ndata: unfinished";

	private static final List<String> EVENTS = List.of("service/41/{\"a\":\n\"häß€\"}", "sync/42/x",
			"message/42/only\n", "message/42/ two blanks", "message/42/last");

	private final List<String> events = new ArrayList<>();

	@Test
	void readsAllKindsOfLinesInOnePiece() {
		parse(new SseParser(this::note), bytes(STREAM));

		assertThat(this.events).isEqualTo(EVENTS);
	}

	@Test
	void readsTheSameWhereverTheStreamIsSplit() {
		byte[] all = bytes(STREAM);
		for (int first = 0; first <= all.length; first++) {
			this.events.clear();
			SseParser parser = new SseParser(this::note);

			parser.feed(ByteBuffer.wrap(all, 0, first));
			parser.feed(ByteBuffer.wrap(all, first, all.length - first));

			assertThat(this.events).as("split at %s", first).isEqualTo(EVENTS);
		}
	}

	@Test
	void readsTheSameByteByByte() {
		SseParser parser = new SseParser(this::note);

		for (byte next : bytes(STREAM)) {
			parser.feed(ByteBuffer.wrap(new byte[] { next }));
		}

		assertThat(this.events).isEqualTo(EVENTS);
	}

	@Test
	void readsAHugeEventAndSmallOnesAfterIt() {
		String huge = "x".repeat(3_000_000);

		parse(new SseParser(this::note), bytes("data: " + huge + "\n\ndata: small\n\n"));

		assertThat(this.events).containsExactly("message//" + huge, "message//small");
	}

	@Test
	void refusesAnEventThatNeverEnds() {
		SseParser parser = new SseParser(this::note, 100);

		parse(parser, bytes("data: " + "x".repeat(90)));

		assertThatIllegalStateException().isThrownBy(() -> parse(parser, bytes("yyyyyyyyyy")))
			.withMessageContaining("larger than 100 bytes");
	}

	private void note(SseParser.Event event) {
		this.events.add(event.type() + "/" + event.id() + "/" + new String(event.data(), StandardCharsets.UTF_8));
	}

	private static void parse(SseParser parser, byte[] bytes) {
		parser.feed(ByteBuffer.wrap(bytes));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
