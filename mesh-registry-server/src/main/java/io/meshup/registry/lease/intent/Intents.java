package io.meshup.registry.lease.intent;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.meshup.model.MeshJson;
import io.meshup.registry.lease.shared.DrainMark;
import io.meshup.registry.lease.shared.Publication;
import io.meshup.registry.store.Fact;
import io.meshup.registry.store.MeshStore;
import io.meshup.registry.store.ServiceChanged;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/**
 * The operators' intents in force, as the store has them. Each gets the first revision
 * that shows it: found while a revision of its service is published, before the watchers
 * hear of that, it is in it. Thread-safe.
 */
public final class Intents {

	private static final String TYPE = "drain";

	private final MeshStore store;

	private final Publication publication;

	private final InstantSource clock;

	private Map<String, Fact> facts = Map.of();

	private final Map<String, Intent> intents = new HashMap<>();

	private volatile IntentSet present = IntentSet.of(List.of());

	public Intents(MeshStore store, Publication publication, InstantSource clock) {
		this.store = store;
		this.publication = publication;
		this.clock = clock;
		this.facts = store.facts(TYPE);
		this.facts.forEach((subject, fact) -> this.intents.put(subject,
				intent(fact, Instant.MIN, 0).published(store.firstRevision())));
		this.present = IntentSet.of(this.intents.values());
	}

	public IntentSet present() {
		return this.present;
	}

	/**
	 * Keeps an intent; one that is there already stays as it is.
	 * @param target what to drain
	 * @param author who wants it
	 * @return completes when it is on disk and in force
	 */
	public Mono<Void> begin(Intent.Target target, String author) {
		if (this.present.find(target).isPresent()) {
			return Mono.empty();
		}
		JsonNode content = MeshJson.mapper()
			.createObjectNode()
			.put("service", target.service())
			.put("scope", target.scope().name())
			.put("name", target.name())
			.put("since", this.clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
		return keep(new Fact(TYPE, target.toString(), author, content));
	}

	/**
	 * Ends an intent.
	 * @param target what is no longer to be drained
	 * @param author who takes it back
	 * @return completes when that is on disk and in force
	 */
	public Mono<Void> end(Intent.Target target, String author) {
		return keep(Fact.over(TYPE, target.toString(), author));
	}

	/**
	 * A revision is being published; called before the watchers hear of it.
	 * @param change the service and its revision
	 */
	public synchronized void published(ServiceChanged change) {
		reload(change.service(), change.revision());
		if (!this.present.of(change.service()).isEmpty()) {
			this.intents.replaceAll((subject, intent) -> intent.target().service().equals(change.service())
					? intent.published(change.revision()) : intent);
			this.present = IntentSet.of(this.intents.values());
		}
	}

	private Mono<Void> keep(Fact fact) {
		return this.store.keep(List.of(fact)).then(Mono.fromRunnable(() -> reload("", 0)));
	}

	private synchronized void reload(String publishing, long revision) {
		Map<String, Fact> found = this.store.facts(TYPE);
		if (found.equals(this.facts)) {
			return;
		}
		Map<String, Fact> before = this.facts;
		this.facts = found;
		before.forEach((subject, fact) -> {
			if (!fact.equals(found.get(subject))) {
				this.intents.remove(subject);
			}
		});
		found.forEach((subject, fact) -> this.intents.computeIfAbsent(subject, (key) -> {
			String service = fact.content().path("service").asString("");
			long after = service.equals(publishing) ? revision - 1 : this.publication.last(service);
			return intent(fact, this.clock.instant(), after);
		}));
		this.present = IntentSet.of(this.intents.values());
		changed(before, found).forEach(this.publication::changed);
	}

	private static List<String> changed(Map<String, Fact> before, Map<String, Fact> after) {
		Map<String, Fact> both = new HashMap<>(before);
		both.putAll(after);
		return both.entrySet()
			.stream()
			.filter((entry) -> !entry.getValue().equals(before.get(entry.getKey()))
					|| !after.containsKey(entry.getKey()))
			.map((entry) -> entry.getValue().content().path("service").asString(""))
			.distinct()
			.toList();
	}

	private static Intent intent(Fact fact, Instant otherwise, long after) {
		JsonNode content = fact.content();
		Intent.Target target = new Intent.Target(content.path("service").asString(""),
				Intent.Scope.valueOf(content.path("scope").asString("INSTANCE")), content.path("name").asString(""));
		String since = content.path("since").asString("");
		return new Intent(target, fact.author(),
				DrainMark.of(since.isEmpty() ? otherwise : Instant.parse(since), after));
	}

}
