package io.meshup.registry.security.password;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.meshup.model.AddressGroup;
import io.meshup.registry.security.rate.RateSettings;

/**
 * So many wrong passwords a minute per address and user, and so many per address, because
 * each costs a slow hash whatever the user is called; an IPv6 network counts as one
 * address. A try counts before it is checked, so that many at once gain nothing, and is
 * given back when it was right. Thread-safe.
 */
public final class LoginThrottle {

	private static final long WINDOW_NANOS = TimeUnit.MINUTES.toNanos(1);

	private static final int MAX_ENTRIES = 10_000;

	private final RateSettings settings;

	private final LongSupplier nanoClock;

	private final Map<String, Window> windows = new LinkedHashMap<>() {

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
			return size() > MAX_ENTRIES;
		}

	};

	public LoginThrottle(RateSettings settings, LongSupplier nanoClock) {
		this.settings = settings;
		this.nanoClock = nanoClock;
	}

	/**
	 * Asks for a try.
	 * @param address where it comes from
	 * @param user whose password is tried
	 * @return 0 when it may be tried, else the seconds to wait
	 */
	public synchronized long acquire(String address, String user) {
		long now = this.nanoClock.getAsLong();
		String group = AddressGroup.of(address);
		Window ofUser = window(key(group, user), now);
		Window ofAddress = window(group, now);
		long left = Math.max(ofUser.left(now, this.settings.wrongPasswordsPerUser()),
				ofAddress.left(now, this.settings.wrongPasswordsPerAddress()));
		if (left > 0) {
			return TimeUnit.NANOSECONDS.toSeconds(left) + 1;
		}
		ofUser.tries++;
		ofAddress.tries++;
		return 0;
	}

	/**
	 * A try was right, or was not made.
	 * @param address where it came from
	 * @param user whose password it was
	 */
	public synchronized void giveBack(String address, String user) {
		String group = AddressGroup.of(address);
		for (String key : List.of(key(group, user), group)) {
			Window window = this.windows.get(key);
			if (window != null && window.tries > 0) {
				window.tries--;
			}
		}
	}

	private Window window(String key, long now) {
		Window window = this.windows.get(key);
		if (window == null || now - window.startNanos >= WINDOW_NANOS) {
			window = new Window(now);
			this.windows.remove(key);
			this.windows.put(key, window);
		}
		return window;
	}

	private static String key(String address, String user) {
		return address + ' ' + ((user.length() <= 64) ? user : user.substring(0, 64));
	}

	private static final class Window {

		private final long startNanos;

		private int tries;

		Window(long startNanos) {
			this.startNanos = startNanos;
		}

		long left(long now, int limit) {
			return (this.tries >= limit) ? WINDOW_NANOS - (now - this.startNanos) : 0;
		}

	}

}
