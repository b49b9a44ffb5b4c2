package io.meshup.traffic.explain;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.meshup.model.MeshJson;
import io.meshup.model.rule.Route;
import io.meshup.model.rule.TrafficPolicy;
import io.meshup.route.CompiledRule;
import io.meshup.traffic.step.Step;
import io.meshup.traffic.table.NanoClock;
import io.meshup.traffic.table.RuleSource;
import io.meshup.traffic.table.ServiceTable;
import io.meshup.traffic.table.ServiceView;
import org.jspecify.annotations.Nullable;

/**
 * Why a call went where it went, as compact JSON for a header. Belongs to one call; not
 * thread-safe, as its steps are not.
 */
public final class Explanation {

	/** Servers and proxies refuse heads of more than 8 KB. */
	private static final int MAX_LENGTH = 4 * 1024;

	private final ServiceTable table;

	private final NanoClock clock;

	private final String service;

	private final List<Map<String, Object>> attempts = new ArrayList<>();

	private @Nullable Map<String, Object> rule;

	private @Nullable Object policy;

	private @Nullable Candidacy candidacy;

	private String refusal = "";

	private long sentAt;

	private long spentNanos;

	/**
	 * Begins with nothing.
	 * @param table where services are looked up
	 * @param clock the clock
	 * @param service the service that is called
	 */
	public Explanation(ServiceTable table, NanoClock clock, String service) {
		this.table = table;
		this.clock = clock;
		this.service = service;
	}

	// What a step of the call decided.
	public void choice(ServiceView home, CompiledRule matched, String lane, Step step) {
		if (this.rule == null) {
			this.rule = rule(home, matched);
			this.policy = source(home.source(TrafficPolicy.KIND));
			this.candidacy = new Candidacy(this.table, this.clock, matched.split(), lane);
		}
		Candidacy present = this.candidacy;
		if (present == null) {
			return;
		}
		if (step instanceof Step.Send send) {
			Map<String, Object> attempt = new LinkedHashMap<>();
			attempt.put("service", send.service());
			attempt.put("version", send.instance().version());
			attempt.put("instance", send.instance().id());
			attempt.put("candidates", present.at(send));
			this.attempts.add(attempt);
			this.sentAt = this.clock.nanoTime();
			present.tried(send.instance());
		}
		else if (step instanceof Step.Reply && this.attempts.isEmpty()) {
			this.attempts.add(new LinkedHashMap<>(Map.of("candidates", present.none())));
		}
	}

	// How the last attempt ended.
	public void ended(String outcome, long now) {
		if (!this.attempts.isEmpty()) {
			Map<String, Object> last = this.attempts.get(this.attempts.size() - 1);
			last.put("outcome", outcome);
			last.put("ms", Math.round((now - this.sentAt) / 10_000.0) / 100.0);
		}
	}

	// Why the mesh answered itself.
	public void refused(String reason) {
		this.refusal = reason;
	}

	// The mesh's own part of the call's time, this explanation's included.
	public void spent(long nanos) {
		this.spentNanos += nanos;
	}

	public String text() {
		String whole = ascii(tree());
		if (whole.length() <= MAX_LENGTH) {
			return whole;
		}
		this.attempts.forEach((attempt) -> attempt.remove("candidates"));
		Map<String, Object> shorter = tree();
		shorter.put("shortened", true);
		String text = ascii(shorter);
		return (text.length() <= MAX_LENGTH) ? text : "{\"shortened\":true}";
	}

	private Map<String, Object> tree() {
		Map<String, Object> tree = new LinkedHashMap<>();
		tree.put("service", this.service);
		if (this.rule != null && this.policy != null) {
			tree.put("rule", this.rule);
			tree.put("policy", this.policy);
		}
		if (this.candidacy != null && !this.candidacy.lane().isEmpty()) {
			tree.put("lane", this.candidacy.lane());
		}
		tree.put("attempts", this.attempts);
		if (!this.refusal.isEmpty()) {
			tree.put("reason", this.refusal);
		}
		tree.put("meshMicros", this.spentNanos / 1_000);
		return tree;
	}

	private static Map<String, Object> rule(ServiceView home, CompiledRule matched) {
		Map<String, Object> rule = source(home.source(Route.KIND));
		int index = home.compiledRoute().rules().indexOf(matched);
		if (index >= 0) {
			rule.put("index", index);
			rule.put("name", matched.rule().name());
		}
		else {
			rule.put("matched", "none");
		}
		return rule;
	}

	private static Map<String, Object> source(RuleSource source) {
		Map<String, Object> tree = new LinkedHashMap<>();
		tree.put("source", source.origin());
		if (source.origin() != RuleSource.Origin.DEFAULT) {
			tree.put("rule", source.rule());
			tree.put("revision", source.revision());
		}
		return tree;
	}

	// Headers take no other characters.
	private static String ascii(Map<String, Object> tree) {
		StringBuilder text = new StringBuilder();
		new String(MeshJson.write(tree), StandardCharsets.UTF_8).chars().forEach((c) -> {
			if (c < 0x7f) {
				text.append((char) c);
			}
			else {
				text.append("\\u%04x".formatted(c));
			}
		});
		return text.toString();
	}

}
