package io.meshup.cli.rule;

import java.util.List;
import java.util.Locale;

import io.meshup.cli.registry.ApiPath;
import io.meshup.cli.registry.CommandFailure;
import io.meshup.cli.registry.ExitCode;

/**
 * A rule as it is named on the command line. Immutable.
 *
 * @param kind the kind as the registry writes it
 * @param name its name, empty for all of the kind
 */
record RuleRef(String kind, String name) {

	private static final List<String> KINDS = List.of("Route", "TrafficPolicy", "RateLimit", "AuthorizationPolicy",
			"PeerAuthentication");

	/**
	 * Reads {@code KIND} or {@code KIND/NAME}; kinds in any case, also in the plural.
	 * @param text what was typed
	 * @return the reference
	 */
	static RuleRef parse(String text) {
		String[] parts = text.split("/", 2);
		return new RuleRef(kind(parts[0]), (parts.length == 2) ? parts[1] : "");
	}

	/**
	 * Reads {@code KIND/NAME}.
	 * @param text what was typed
	 * @return the reference
	 */
	static RuleRef parseWhole(String text) {
		RuleRef ref = parse(text);
		if (ref.name().isEmpty()) {
			throw new CommandFailure(ExitCode.USAGE, "'" + text
					+ "' names a kind; name one rule as KIND/NAME ('meshctl get " + ref.kind() + "' lists them).");
		}
		return ref;
	}

	private static String kind(String typed) {
		String wanted = singular(typed.toLowerCase(Locale.ROOT));
		return KINDS.stream()
			.filter((kind) -> kind.toLowerCase(Locale.ROOT).equals(wanted))
			.findFirst()
			.orElseThrow(() -> new CommandFailure(ExitCode.USAGE,
					"There is no kind '" + typed + "' (kinds: " + String.join(", ", KINDS) + ")."));
	}

	private static String singular(String word) {
		if (word.endsWith("ies")) {
			return word.substring(0, word.length() - 3) + "y";
		}
		return word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
	}

	ApiPath path(String... more) {
		String[] segments = new String[3 + more.length];
		segments[0] = "rules";
		segments[1] = this.kind;
		segments[2] = this.name;
		System.arraycopy(more, 0, segments, 3, more.length);
		return ApiPath.of(segments);
	}

	@Override
	public String toString() {
		return this.kind + "/" + this.name;
	}

}
