package io.meshup.registry.store.redis.connection;

import java.util.List;

/**
 * The names in Redis. All have one hash tag, so that a script touches one slot of a
 * cluster.
 *
 * @param name the registry's part of every key
 */
public record RedisKeys(String name) {

	public String registry() {
		return key("registry");
	}

	String revision() {
		return key("revision");
	}

	String last() {
		return key("last");
	}

	public String head() {
		return key("head");
	}

	String state() {
		return key("state");
	}

	public String ledger() {
		return key("ledger");
	}

	public String index() {
		return key("index");
	}

	public String changes() {
		return key("changes");
	}

	String leases() {
		return key("leases");
	}

	/**
	 * Where nodes tell each other what nobody keeps.
	 * @return a channel
	 */
	public String channel() {
		return key("news");
	}

	public List<String> forCommit() {
		return List.of(registry(), revision(), last(), head(), state(), ledger(), index(), changes(), leases());
	}

	public List<String> forShare() {
		return List.of(registry(), revision(), last(), leases(), changes());
	}

	public List<String> forState() {
		return List.of(registry(), revision(), last(), head(), state(), leases(), changes());
	}

	public List<String> forDrop() {
		return List.of(registry(), revision(), last(), head(), ledger(), index(), changes(), state());
	}

	public List<String> forConfirm() {
		return List.of(registry(), head());
	}

	public List<String> forNews() {
		return List.of(registry(), last(), changes());
	}

	public List<String> forEnd() {
		return List.of(changes());
	}

	private String key(String part) {
		return "{meshup:" + this.name + "}:" + part;
	}

}
