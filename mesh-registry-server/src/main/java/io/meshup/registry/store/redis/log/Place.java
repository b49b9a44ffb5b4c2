package io.meshup.registry.store.redis.log;

/**
 * A place in the log of changes, as Redis numbers the entries of a stream.
 *
 * @param millis when the entry was made, by the clock of Redis
 * @param number its number in that millisecond
 */
public record Place(long millis, long number) {

	public static Place of(String text) {
		int dash = text.indexOf('-');
		return new Place(Long.parseLong(text.substring(0, dash)), Long.parseLong(text.substring(dash + 1)));
	}

	public boolean isBefore(Place other) {
		return this.millis < other.millis || (this.millis == other.millis && this.number < other.number);
	}

}
