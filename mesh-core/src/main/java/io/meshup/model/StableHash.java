package io.meshup.model;

/**
 * Hashes on which all processes agree, on any JDK: where the same key must lead to the
 * same version or instance from everywhere.
 */
public final class StableHash {

	private StableHash() {
	}

	/**
	 * A 64-bit FNV-1a hash with Murmur3's finisher.
	 * @param text the text
	 * @return its hash
	 */
	public static long of(String text) {
		long hash = 0xcbf29ce484222325L;
		for (int i = 0; i < text.length(); i++) {
			hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
		}
		return mix(hash);
	}

	/**
	 * Murmur3's finisher.
	 * @param value any number
	 * @return another one, each bit of which depends on all bits of the value
	 */
	public static long mix(long value) {
		long mixed = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
		mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
		return mixed ^ (mixed >>> 33);
	}

	/**
	 * A point for a hash.
	 * @param hash any number
	 * @return evenly spread between 0 and 1, both excluded
	 */
	public static double unit(long hash) {
		return ((mix(hash) >>> 11) + 0.5) * 0x1.0p-53;
	}

}
