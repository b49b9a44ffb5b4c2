package io.meshup.route.split;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Hashes of the sticky keys that a request brought along, by the keys' names, so that its
 * user stays on one version at services that never see the keys themselves. Immutable.
 */
public final class StickyHashes {

	/**
	 * More keys than this do not travel.
	 */
	public static final int MAX = 8;

	/**
	 * No hashes.
	 */
	public static final StickyHashes NONE = new StickyHashes(List.of());

	private static final int MAX_LENGTH = 1024;

	private static final Pattern NAME = Pattern.compile("source|(header|cookie):[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}");

	private static final Pattern HASH = Pattern.compile("[0-9a-f]{16}");

	private final List<Entry> entries;

	private StickyHashes(List<Entry> entries) {
		this.entries = entries;
	}

	/**
	 * Reads what {@link #toString} wrote. Whatever else is in it is ignored.
	 * @param text the text of the header, or {@code null}
	 * @return at most {@link #MAX} hashes
	 */
	public static StickyHashes parse(@Nullable String text) {
		if (text == null || text.isEmpty() || text.length() > MAX_LENGTH) {
			return NONE;
		}
		StickyHashes hashes = NONE;
		for (String part : text.split(",")) {
			int equals = part.indexOf('=');
			String name = (equals > 0) ? part.substring(0, equals).strip() : "";
			String hash = part.substring(equals + 1).strip();
			if (canCarry(name) && HASH.matcher(hash).matches()) {
				hashes = hashes.with(name, Long.parseUnsignedLong(hash, 16));
			}
		}
		return hashes;
	}

	/**
	 * Whether a key can travel.
	 * @param name the key's name
	 * @return {@code false} for no key, and for names that headers and cookies cannot
	 * have
	 */
	public static boolean canCarry(String name) {
		return NAME.matcher(name).matches();
	}

	/**
	 * The same hashes and one more.
	 * @param name the key's name
	 * @param hash its hash
	 * @return these, when the hash is 0 or there are {@link #MAX} others
	 */
	public StickyHashes with(String name, long hash) {
		List<Entry> others = this.entries.stream().filter((entry) -> !entry.name().equals(name)).toList();
		if (hash == 0 || others.size() >= MAX) {
			return this;
		}
		List<Entry> longer = new ArrayList<>(others);
		longer.add(new Entry(name, hash));
		return new StickyHashes(List.copyOf(longer));
	}

	/**
	 * The hash of a key.
	 * @param name the key's name
	 * @return 0 for one that was not brought along
	 */
	public long hash(String name) {
		for (Entry entry : this.entries) {
			if (entry.name().equals(name)) {
				return entry.hash();
			}
		}
		return 0;
	}

	/**
	 * Whether there is none.
	 * @return {@code true} without any hash
	 */
	public boolean isEmpty() {
		return this.entries.isEmpty();
	}

	@Override
	public String toString() {
		return String.join(",", this.entries.stream().map(Entry::toString).toList());
	}

	private record Entry(String name, long hash) {

		@Override
		public String toString() {
			return this.name + '=' + HexFormat.of().toHexDigits(this.hash);
		}

	}

}
