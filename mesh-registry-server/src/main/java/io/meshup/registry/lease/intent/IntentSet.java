package io.meshup.registry.lease.intent;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * All intents of operators at one moment. Immutable.
 */
public final class IntentSet {

	private static final IntentSet EMPTY = new IntentSet(Map.of());

	private final Map<String, List<Intent>> byService;

	private IntentSet(Map<String, List<Intent>> byService) {
		this.byService = byService;
	}

	public static IntentSet of(Collection<Intent> intents) {
		if (intents.isEmpty()) {
			return EMPTY;
		}
		Map<String, Map<String, Intent>> sorted = new LinkedHashMap<>();
		for (Intent intent : intents) {
			sorted.computeIfAbsent(intent.target().service(), (service) -> new TreeMap<>())
				.put(intent.target().toString(), intent);
		}
		Map<String, List<Intent>> byService = new LinkedHashMap<>();
		sorted.forEach((service, all) -> byService.put(service, List.copyOf(all.values())));
		return new IntentSet(byService);
	}

	/**
	 * The intents for a service.
	 * @param service the service
	 * @return those for instances first, each kind in the order of the names
	 */
	public List<Intent> of(String service) {
		return this.byService.getOrDefault(service, List.of());
	}

	/**
	 * The services that an intent is about.
	 * @return their names
	 */
	public Set<String> services() {
		return this.byService.keySet();
	}

	/**
	 * Why an instance is to be drained.
	 * @param service its service
	 * @param id its id
	 * @param version its version
	 * @return the intent that is about it, the one for itself before that for its
	 * version; empty when there is none
	 */
	public Optional<Intent> find(String service, String id, String version) {
		for (Intent intent : of(service)) {
			if (intent.target().covers(id, version)) {
				return Optional.of(intent);
			}
		}
		return Optional.empty();
	}

	/**
	 * Looks an intent up.
	 * @param target what it is about
	 * @return the intent, or empty when there is none
	 */
	public Optional<Intent> find(Intent.Target target) {
		return of(target.service()).stream().filter((intent) -> intent.target().equals(target)).findFirst();
	}

}
