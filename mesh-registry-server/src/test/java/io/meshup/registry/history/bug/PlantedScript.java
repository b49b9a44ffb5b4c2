package io.meshup.registry.history.bug;

import java.nio.charset.StandardCharsets;

import io.meshup.registry.store.redis.RedisContainer;
import io.meshup.registry.store.redis.connection.RedisScript;

/**
 * What may be wrong with the script that keeps a write in Redis. The nodes ask for the
 * right one; their way to Redis puts the wrong one in its place.
 */
public enum PlantedScript {

	/**
	 * Two nodes overwrite each other.
	 */
	NO_COMPARISON("the script does not compare what a write was decided against with what is there",
			"if head ~= ARGV[3] then return {'head', head} end", "",
			"if newest and tonumber(string.match(newest[1], '^%d+')) >= tonumber(ARGV[10]) then return {'head', head} end",
			"local push = 0 if newest then push = math.max(0, tonumber(string.match(newest[1], '^%d+')) - tonumber(ARGV[10]) + 1) end",
			"redis.call('XADD', KEYS[6], ARGV[at] .. '-0'",
			"redis.call('XADD', KEYS[6], string.format('%.0f-0', tonumber(ARGV[at]) + push)"),

	/**
	 * What nodes hear is not what a new one loads.
	 */
	STATE_NOT_KEPT("one of 8 writes goes into the log and the history, but not into what a starting node loads",
			"redis.call('HSET', KEYS[5], ARGV[at + 2], ARGV[at + 1])",
			"if tonumber(ARGV[at]) % 8 ~= 0 then redis.call('HSET', KEYS[5], ARGV[at + 2], ARGV[at + 1]) end");

	private final String words;

	private final String text;

	PlantedScript(String words, String... changes) {
		String changed = new String(RedisScript.COMMIT.text(), StandardCharsets.UTF_8);
		for (int i = 0; i < changes.length; i += 2) {
			if (!changed.contains(changes[i])) {
				throw new IllegalStateException("The script has no '" + changes[i] + "' any more");
			}
			changed = changed.replace(changes[i], changes[i + 1]);
		}
		this.words = words;
		this.text = changed;
	}

	public String words() {
		return this.words;
	}

	/**
	 * Puts it into Redis.
	 * @return how Redis names it
	 */
	public String load() {
		return RedisContainer.shared().cli("script", "load", this.text).strip();
	}

}
