package io.meshup.registry.limit;

import java.util.ArrayList;
import java.util.List;

import org.springframework.util.unit.DataSize;
import org.springframework.util.unit.DataUnit;

/**
 * Compares limits with what they may be, and tells of all that are outside at once. Not
 * thread-safe.
 */
public final class Bounds {

	private final List<String> wrong = new ArrayList<>();

	/**
	 * Compares a number.
	 * @param property its name below the prefix
	 * @param value what was set
	 * @param least the least that it may be
	 * @param most the most that it may be
	 * @return this
	 */
	public Bounds whole(String property, int value, int least, int most) {
		if (value < least || value > most) {
			note(property, least + " to " + most, Integer.toString(value));
		}
		return this;
	}

	Bounds size(String property, DataSize value, DataSize least, DataSize most) {
		if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
			note(property, text(least) + " to " + text(most), text(value));
		}
		return this;
	}

	/**
	 * Ends the comparison.
	 * @throws LimitException when a limit is outside
	 */
	public void throwIfAny() {
		if (!this.wrong.isEmpty()) {
			throw new LimitException(this.wrong);
		}
	}

	private void note(String property, String expected, String was) {
		this.wrong.add("'" + RegistryLimits.PREFIX + property + "' must be " + expected + " but was " + was);
	}

	/**
	 * A size as people write it.
	 * @param size the size
	 * @return for example {@code 8KB}
	 */
	public static String text(DataSize size) {
		long bytes = size.toBytes();
		for (DataUnit unit : List.of(DataUnit.MEGABYTES, DataUnit.KILOBYTES)) {
			long one = DataSize.of(1, unit).toBytes();
			if (bytes >= one && bytes % one == 0) {
				return bytes / one + ((unit == DataUnit.MEGABYTES) ? "MB" : "KB");
			}
		}
		return bytes + "B";
	}

}
