package io.meshup.e2e.mesh;

import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.meshup.e2e.load.OpenLoad;
import io.meshup.e2e.machine.Http;

/**
 * A client that knows two addresses of the same thing, as load balancers do it: asks both
 * ten times a second whether they are ready, takes those that are in turn, and goes to
 * the other one where there is no connection. It sends nothing a second time.
 */
public final class Balancer implements OpenLoad.Way, AutoCloseable {

	private final Http http = new Http();

	private final Set<URI> away = ConcurrentHashMap.newKeySet();

	private final AtomicInteger turn = new AtomicInteger();

	private final ScheduledExecutorService checks = Executors.newScheduledThreadPool(2);

	private final List<URI> addresses;

	public Balancer(List<URI> addresses) {
		this.addresses = List.copyOf(addresses);
		this.addresses.forEach(
				(address) -> this.checks.scheduleWithFixedDelay(() -> check(address), 0, 100, TimeUnit.MILLISECONDS));
	}

	private void check(URI address) {
		if (isReady(address.resolve("/actuator/health/readiness"))) {
			this.away.remove(address);
		}
		else {
			this.away.add(address);
		}
	}

	private boolean isReady(URI readiness) {
		try {
			return this.http.send("GET", readiness, "", List.of()).statusCode() == 200;
		}
		catch (UncheckedIOException ex) {
			return false;
		}
	}

	public boolean isAway(URI address) {
		return this.away.contains(address);
	}

	@Override
	public HttpRequest direct(HttpRequest request) {
		List<URI> ready = this.addresses.stream().filter((address) -> !this.away.contains(address)).toList();
		List<URI> from = ready.isEmpty() ? this.addresses : ready;
		URI address = from.get(Math.floorMod(this.turn.getAndIncrement(), from.size()));
		return HttpRequest.newBuilder(request, (name, value) -> true)
			.uri(address.resolve(request.uri().getRawPath()))
			.build();
	}

	@Override
	public boolean isOtherAfter(HttpRequest refused) {
		this.addresses.stream()
			.filter((address) -> address.getPort() == refused.uri().getPort())
			.forEach(this.away::add);
		return this.away.size() < this.addresses.size();
	}

	@Override
	public void close() {
		this.checks.shutdownNow();
	}

}
