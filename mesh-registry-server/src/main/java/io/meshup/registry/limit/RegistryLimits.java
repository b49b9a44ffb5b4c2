package io.meshup.registry.limit;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much the registry takes and keeps. What is above is refused with a 4xx that names
 * the property.
 *
 * @param bodySize body of any call, 1KB to 16MB; that of a call that writes rules, too
 * @param nameLength characters of the name of a service, a rule or a token, 1 to 63 (RFC
 * 1123 allows no more)
 * @param messageLength characters of the message of a change, 0 to 4,000
 * @param watchedServices services that one watch may name, 1 to 100,000
 * @param apiTokens tokens that there may be at one time, 1 to 100,000
 * @param sessions people signed in at one time, 1 to 100,000; the one who was away
 * longest is signed out
 * @param edges edges in the topology, 100 to 100,000; fewer where a quarter of the heap
 * cannot hold them
 * @param sharedLimits mesh-wide limits of one service that are divided among its
 * instances, 1 to 10,000
 * @param connectionsPerSecond new connections that are taken in a second, 100 to
 * 1,000,000; further ones wait
 * @param operatorCalls calls of operators under way at one time, 10 to 100,000
 * @param waitingWrites changes of rules and drains that wait for the store at one time,
 * 10 to 100,000
 * @param document of the text of rules
 * @param instance of what an instance says of itself
 * @param question of a request that is to be explained
 */
@ConfigurationProperties("mesh.registry.limits")
public record RegistryLimits(@DefaultValue("1MB") DataSize bodySize, @DefaultValue("63") int nameLength,
		@DefaultValue("500") int messageLength, @DefaultValue("1000") int watchedServices,
		@DefaultValue("1000") int apiTokens, @DefaultValue("1000") int sessions, @DefaultValue("5000") int edges,
		@DefaultValue("200") int sharedLimits, @DefaultValue("2000") int connectionsPerSecond,
		@DefaultValue("200") int operatorCalls, @DefaultValue("1000") int waitingWrites,
		@DefaultValue DocumentLimits document, @DefaultValue InstanceLimits instance,
		@DefaultValue QuestionLimits question) {

	/**
	 * Where the properties are.
	 */
	public static final String PREFIX = "mesh.registry.limits.";

	public RegistryLimits {
		Bounds bounds = new Bounds().size("body-size", bodySize, DataSize.ofKilobytes(1), DataSize.ofMegabytes(16))
			.whole("name-length", nameLength, 1, 63)
			.whole("message-length", messageLength, 0, 4_000)
			.whole("watched-services", watchedServices, 1, 100_000)
			.whole("api-tokens", apiTokens, 1, 100_000)
			.whole("sessions", sessions, 1, 100_000)
			.whole("edges", edges, 100, 100_000)
			.whole("shared-limits", sharedLimits, 1, 10_000)
			.whole("connections-per-second", connectionsPerSecond, 100, 1_000_000)
			.whole("operator-calls", operatorCalls, 10, 100_000)
			.whole("waiting-writes", waitingWrites, 10, 100_000);
		document.check(bounds);
		instance.check(bounds);
		question.check(bounds);
		bounds.throwIfAny();
	}

	/**
	 * The size of a body as a number.
	 * @return bytes
	 */
	public int bodyBytes() {
		return Math.toIntExact(this.bodySize.toBytes());
	}

}
