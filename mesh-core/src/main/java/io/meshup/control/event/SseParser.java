package io.meshup.control.event;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

import io.meshup.model.MeshJson;
import tools.jackson.databind.JsonNode;

/**
 * Reads server-sent events (HTML Living Standard, 9.2) from bytes that arrive in any
 * pieces: LF, CR and CRLF ends, comments, several data lines, a byte order mark. Not
 * thread-safe.
 */
public final class SseParser {

	/**
	 * The largest event; a registry that sends more is not understood.
	 */
	static final int MAX_EVENT = 64 * 1024 * 1024;

	private static final int KEPT_BUFFER = 256 * 1024;

	private static final byte[] MARK = { (byte) 0xEF, (byte) 0xBB, (byte) 0xBF };

	private final Consumer<Event> events;

	private final int maxEvent;

	private ByteArrayOutputStream line = new ByteArrayOutputStream();

	private ByteArrayOutputStream data = new ByteArrayOutputStream();

	private String type = "";

	private String id = "";

	private boolean hasData;

	private boolean afterCr;

	private boolean firstLine = true;

	/**
	 * Makes a parser for one stream.
	 * @param events told of each event
	 */
	public SseParser(Consumer<Event> events) {
		this(events, MAX_EVENT);
	}

	SseParser(Consumer<Event> events, int maxEvent) {
		this.events = events;
		this.maxEvent = maxEvent;
	}

	/**
	 * Takes the next bytes and hands on the events that are whole.
	 * @param bytes any piece of the stream
	 * @throws IllegalStateException when an event is larger than allowed
	 */
	public void feed(ByteBuffer bytes) {
		byte[] piece = new byte[bytes.remaining()];
		bytes.get(piece);
		int start = 0;
		for (int i = 0; i < piece.length; i++) {
			boolean endsCrLf = piece[i] == '\n' && this.afterCr;
			this.afterCr = piece[i] == '\r';
			if (piece[i] == '\n' || piece[i] == '\r') {
				append(piece, start, i);
				start = i + 1;
				if (!endsCrLf) {
					endOfLine();
				}
			}
		}
		append(piece, start, piece.length);
	}

	private void append(byte[] piece, int from, int to) {
		if (this.line.size() + this.data.size() + (to - from) > this.maxEvent) {
			throw new IllegalStateException("an event is larger than " + this.maxEvent + " bytes");
		}
		this.line.write(piece, from, to - from);
	}

	private void endOfLine() {
		byte[] text = this.line.toByteArray();
		this.line.reset();
		int start = (this.firstLine && startsWithMark(text)) ? MARK.length : 0;
		this.firstLine = false;
		if (start == text.length) {
			dispatch();
			return;
		}
		int colon = start;
		while (colon < text.length && text[colon] != ':') {
			colon++;
		}
		int value = Math.min(text.length, colon + 1);
		if (value < text.length && text[value] == ' ') {
			value++;
		}
		field(text(text, start, colon), text, value);
	}

	private void field(String name, byte[] text, int value) {
		switch (name) {
			case "data" -> {
				if (this.hasData) {
					this.data.write('\n');
				}
				this.data.write(text, value, text.length - value);
				this.hasData = true;
			}
			case "event" -> this.type = text(text, value, text.length);
			case "id" -> {
				String given = text(text, value, text.length);
				this.id = (given.indexOf('\0') < 0) ? given : this.id;
			}
			default -> {
				// comments (an empty name), retry and unknown fields mean nothing here
			}
		}
	}

	private void dispatch() {
		String name = this.type;
		byte[] content = this.data.toByteArray();
		boolean whole = this.hasData;
		this.type = "";
		this.hasData = false;
		if (content.length > KEPT_BUFFER) {
			this.line = new ByteArrayOutputStream();
			this.data = new ByteArrayOutputStream();
		}
		this.data.reset();
		if (whole) {
			this.events.accept(new Event(name.isEmpty() ? "message" : name, this.id, content));
		}
	}

	private static boolean startsWithMark(byte[] text) {
		return text.length >= MARK.length && text[0] == MARK[0] && text[1] == MARK[1] && text[2] == MARK[2];
	}

	private static String text(byte[] bytes, int from, int to) {
		return new String(bytes, from, to - from, StandardCharsets.UTF_8);
	}

	/**
	 * One event.
	 *
	 * @param type the name after {@code event:}, or {@code message}
	 * @param id the last id that was given, on this event or an earlier one
	 * @param data the data lines joined by line feeds, in UTF-8
	 */
	public record Event(String type, String id, byte[] data) {

		/**
		 * Its data as JSON.
		 * @return a missing node when it is none
		 */
		public JsonNode tree() {
			try {
				return MeshJson.readTree(this.data);
			}
			catch (IllegalArgumentException ex) {
				return MeshJson.mapper().missingNode();
			}
		}

		/**
		 * Its id as a number.
		 * @param otherwise what to return when it is none
		 * @return the id
		 */
		public long number(long otherwise) {
			try {
				return Long.parseLong(this.id);
			}
			catch (NumberFormatException ex) {
				return otherwise;
			}
		}

	}

}
