package io.meshup.registry.store.redis;

import java.util.List;

/**
 * The names in Redis. All have one hash tag, so that a script touches one slot of a
 * cluster.
 *
 * @param name the registry's part of every key
 */
record RedisKeys(String name) {

	String registry() {
		return key("registry");
	}

	String revision() {
		return key("revision");
	}

	String last() {
		return key("last");
	}

	String head() {
		return key("head");
	}

	String state() {
		return key("state");
	}

	String ledger() {
		return key("ledger");
	}

	String index() {
		return key("index");
	}

	String changes() {
		return key("changes");
	}

	String leases() {
		return key("leases");
	}

	/**
	 * Where nodes tell each other what nobody keeps.
	 * @return a channel
	 */
	String channel() {
		return key("news");
	}

	List<String> forCommit() {
		return List.of(registry(), revision(), last(), head(), state(), ledger(), index(), changes(), leases());
	}

	List<String> forShare() {
		return List.of(registry(), revision(), last(), leases(), changes());
	}

	List<String> forState() {
		return List.of(registry(), revision(), last(), head(), state(), leases(), changes());
	}

	List<String> forDrop() {
		return List.of(registry(), revision(), last(), head(), ledger(), index(), changes(), state());
	}

	List<String> forConfirm() {
		return List.of(registry(), head());
	}

	List<String> forNews() {
		return List.of(registry(), last(), changes());
	}

	private String key(String part) {
		return "{meshup:" + this.name + "}:" + part;
	}

}
