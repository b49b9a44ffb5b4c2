package io.meshup.registry.security;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * At most 10 wrong passwords a minute per address and user. A try counts before it is
 * checked, so that many at once gain nothing, and is given back when it was right.
 * Thread-safe.
 */
final class LoginThrottle {

	private static final int LIMIT = 10;

	private static final long WINDOW_NANOS = TimeUnit.MINUTES.toNanos(1);

	private static final int MAX_ENTRIES = 10_000;

	private final LongSupplier nanoClock;

	private final Map<String, Window> windows = new LinkedHashMap<>() {

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
			return size() > MAX_ENTRIES;
		}

	};

	LoginThrottle(LongSupplier nanoClock) {
		this.nanoClock = nanoClock;
	}

	/**
	 * Asks for a try.
	 * @param address where it comes from
	 * @param user whose password is tried
	 * @return 0 when it may be tried, else the seconds to wait
	 */
	synchronized long acquire(String address, String user) {
		long now = this.nanoClock.getAsLong();
		Window window = this.windows.get(key(address, user));
		if (window == null || now - window.startNanos >= WINDOW_NANOS) {
			window = new Window(now);
			this.windows.remove(key(address, user));
			this.windows.put(key(address, user), window);
		}
		if (window.tries >= LIMIT) {
			long left = WINDOW_NANOS - (now - window.startNanos);
			return TimeUnit.NANOSECONDS.toSeconds(left) + 1;
		}
		window.tries++;
		return 0;
	}

	synchronized void succeeded(String address, String user) {
		Window window = this.windows.get(key(address, user));
		if (window != null && window.tries > 0) {
			window.tries--;
		}
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

	}

}
