package io.meshup.model;

import java.time.Duration;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * The one JSON codec between the parts of the mesh: durations in the form of
 * {@link MeshDuration}, unknown fields ignored, nesting limited. Thread-safe.
 */
public final class MeshJson {

	private static final JsonMapper MAPPER = JsonMapper
		.builder(JsonFactory.builder()
			.streamReadConstraints(StreamReadConstraints.builder()
				.maxNestingDepth(64)
				.maxStringLength(4 * 1024 * 1024)
				.maxNumberLength(100)
				.maxNameLength(10_000)
				.build())
			.build())
		.addModule(new SimpleModule("mesh").addSerializer(Duration.class, new DurationSerializer())
			.addDeserializer(Duration.class, new DurationDeserializer()))
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
				DeserializationFeature.ACCEPT_FLOAT_AS_INT)
		.disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
		.build();

	private static final ObjectReader STRICT = MAPPER.readerFor(JsonNode.class)
		.with(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

	private MeshJson() {
	}

	/**
	 * The mapper itself, for frameworks that want one.
	 * @return the shared, immutable mapper
	 */
	public static JsonMapper mapper() {
		return MAPPER;
	}

	/**
	 * Writes a value.
	 * @param value any wire record or tree
	 * @return the JSON in UTF-8
	 */
	public static byte[] write(Object value) {
		return MAPPER.writeValueAsBytes(value);
	}

	/**
	 * Reads a value.
	 * @param <T> its type
	 * @param json the JSON in UTF-8
	 * @param type its class
	 * @return the value
	 * @throws IllegalArgumentException when the text is not JSON or breaks an invariant
	 * of the type
	 */
	public static <T> T read(byte[] json, Class<T> type) {
		try {
			return MAPPER.readValue(json, type);
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException(
					"not a valid " + type.getSimpleName() + " in JSON: " + ex.getOriginalMessage(), ex);
		}
	}

	/**
	 * Reads a tree as a value.
	 * @param <T> its type
	 * @param tree the tree
	 * @param type its class
	 * @return the value
	 * @throws IllegalArgumentException when the tree breaks an invariant of the type
	 */
	public static <T> T read(JsonNode tree, Class<T> type) {
		try {
			return MAPPER.treeToValue(tree, type);
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("not a valid " + type.getSimpleName() + ": " + ex.getOriginalMessage(),
					ex);
		}
	}

	/**
	 * Reads a tree.
	 * @param json the JSON in UTF-8
	 * @return the tree
	 * @throws IllegalArgumentException when the text is not JSON
	 */
	public static JsonNode readTree(byte[] json) {
		return read(json, JsonNode.class);
	}

	/**
	 * Reads what somebody else wrote: a key that stands there twice and anything after
	 * the end are refused.
	 * @param json the JSON in UTF-8
	 * @return the tree
	 * @throws IllegalArgumentException when the text is not JSON
	 */
	public static JsonNode readStrictly(byte[] json) {
		try {
			return STRICT.readValue(json);
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("not valid JSON: " + ex.getOriginalMessage(), ex);
		}
	}

	private static final class DurationSerializer extends StdSerializer<Duration> {

		DurationSerializer() {
			super(Duration.class);
		}

		@Override
		public void serialize(Duration value, JsonGenerator generator, SerializationContext context) {
			generator.writeString(MeshDuration.format(value));
		}

	}

	private static final class DurationDeserializer extends StdDeserializer<Duration> {

		DurationDeserializer() {
			super(Duration.class);
		}

		@Override
		public Duration deserialize(JsonParser parser, DeserializationContext context) {
			return MeshDuration.parse(parser.getValueAsString(""));
		}

	}

}
