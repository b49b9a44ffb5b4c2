package io.meshup.registry.rule.text;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

import io.meshup.registry.limit.DocumentLimits;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.nodes.Tag;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Builds trees from YAML events, refusing what could grow without bound or mean more than
 * data.
 */
final class YamlTree {

	private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

	private final LoadSettings settings;

	private final Excess excess;

	private final DocumentLimits limits;

	private final Iterator<Event> events;

	private final Map<Anchor, JsonNode> anchors = new HashMap<>();

	private int aliases;

	private int nodes;

	YamlTree(LoadSettings settings, DocumentLimits limits, Iterator<Event> events) {
		this.settings = settings;
		this.limits = limits;
		this.excess = new Excess(limits);
		this.events = events;
	}

	/**
	 * Reads on to the end of the next document.
	 * @return the document, or a missing node after the last
	 */
	JsonNode nextDocument() {
		while (this.events.hasNext()) {
			if (this.events.next().getEventId() == Event.ID.DocumentStart) {
				this.anchors.clear();
				return node(this.events.next(), 1);
			}
		}
		return MissingNode.getInstance();
	}

	private JsonNode node(Event event, int depth) {
		if (event instanceof AliasEvent alias) {
			return alias(alias, depth);
		}
		count(event, (event instanceof CollectionStartEvent) ? depth : 0);
		JsonNode node = switch (event.getEventId()) {
			case MappingStart -> object(event, depth);
			case SequenceStart -> array(event, depth);
			default -> scalar((ScalarEvent) event);
		};
		((NodeEvent) event).getAnchor().ifPresent((anchor) -> this.anchors.put(anchor, node));
		return node;
	}

	private void count(Event event, int depth) {
		this.nodes++;
		if (depth > this.limits.depth()) {
			throw new RefusedException(event, this.excess.depth());
		}
		if (this.nodes > this.limits.values()) {
			throw new RefusedException(event, this.excess.values());
		}
	}

	private JsonNode object(Event start, int depth) {
		refuseTag(start);
		ObjectNode object = NODES.objectNode();
		for (Event event = this.events.next(); event.getEventId() != Event.ID.MappingEnd; event = this.events.next()) {
			if (!(event instanceof ScalarEvent key)) {
				throw new RefusedException(event, "a key must be plain text");
			}
			if (object.has(key.getValue())) {
				throw new RefusedException(event, "the key '" + key.getValue() + "' is there twice");
			}
			object.set(key.getValue(), node(this.events.next(), depth + 1));
		}
		return object;
	}

	private JsonNode array(Event start, int depth) {
		refuseTag(start);
		ArrayNode array = NODES.arrayNode();
		for (Event event = this.events.next(); event.getEventId() != Event.ID.SequenceEnd; event = this.events.next()) {
			array.add(node(event, depth + 1));
		}
		return array;
	}

	private JsonNode alias(AliasEvent event, int depth) {
		JsonNode target = this.anchors.get(event.getAlias());
		if (target == null) {
			throw new RefusedException(event,
					"the alias '*" + event.getAlias().getValue() + "' has no anchor before it");
		}
		if (++this.aliases > this.limits.aliases()) {
			throw new RefusedException(event, this.excess.aliases());
		}
		measure(event, target, depth);
		return target.deepCopy();
	}

	private void measure(Event event, JsonNode node, int depth) {
		count(event, node.isContainer() ? depth : 0);
		node.forEach((child) -> measure(event, child, depth + 1));
	}

	private JsonNode scalar(ScalarEvent event) {
		refuseTag(event);
		String text = event.getValue();
		if (text.length() > this.limits.textLength()) {
			throw new RefusedException(event, this.excess.text());
		}
		Tag tag = event.isPlain() ? this.settings.getSchema().getScalarResolver().resolve(text, true) : Tag.STR;
		if (tag.equals(Tag.NULL)) {
			return NODES.nullNode();
		}
		if (tag.equals(Tag.BOOL)) {
			return NODES.booleanNode(Boolean.parseBoolean(text));
		}
		if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
			return number(event, text);
		}
		return NODES.stringNode(text);
	}

	/**
	 * The same kinds of node as the JSON reader makes, so that both give equal trees.
	 * @param event the scalar
	 * @param text its text
	 * @return the number
	 */
	private JsonNode number(ScalarEvent event, String text) {
		if (text.length() > this.limits.numberLength()) {
			throw new RefusedException(event, this.excess.number());
		}
		try {
			BigInteger whole = new BigInteger(text);
			if (whole.bitLength() < Integer.SIZE) {
				return NODES.numberNode(whole.intValue());
			}
			return (whole.bitLength() < Long.SIZE) ? NODES.numberNode(whole.longValue()) : NODES.numberNode(whole);
		}
		catch (NumberFormatException ex) {
			return decimal(event, text);
		}
	}

	private static JsonNode decimal(ScalarEvent event, String text) {
		try {
			return NODES.numberNode(new BigDecimal(text));
		}
		catch (NumberFormatException ex) {
			throw new RefusedException(event, "a number must be finite but was '" + text + "'");
		}
	}

	private static void refuseTag(Event event) {
		String tag = switch (event.getEventId()) {
			case Scalar -> ((ScalarEvent) event).getTag().orElse("");
			case MappingStart, SequenceStart -> ((CollectionStartEvent) event).getTag().orElse("");
			default -> "";
		};
		if (!tag.isEmpty()) {
			throw new RefusedException(event, "tags such as '" + tag + "' are not accepted");
		}
	}

	/**
	 * What is YAML but is not accepted.
	 */
	static final class RefusedException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		private final transient Event event;

		private final String reason;

		RefusedException(Event event, String reason) {
			super(reason, null, false, false);
			this.event = event;
			this.reason = reason;
		}

		Event event() {
			return this.event;
		}

		String reason() {
			return this.reason;
		}

	}

}
