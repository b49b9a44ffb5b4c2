package io.meshup.registry.lease;

import java.util.List;
import java.util.Map;

import io.meshup.model.MeshJson;
import io.meshup.model.beat.Beat;
import io.meshup.registry.lease.beat.BeatListener;
import io.meshup.registry.lease.beat.BeatReader;
import io.meshup.registry.lease.beat.ShareSource;
import io.meshup.registry.lease.instance.LeaseKey;
import io.meshup.registry.lease.node.NodeNews;
import io.meshup.registry.limit.RegistryLimits;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * The participants' own calls: register and renew in one, and leave.
 */
@RestController
final class InstanceController {

	private static final String PATH = "/api/v1/services/{service}/instances/{id}";

	private final Leases leases;

	private final List<BeatListener> listeners;

	private final @Nullable ShareSource shares;

	private final NodeNews news;

	private final RegistryLimits limits;

	private final BeatReader reader;

	private final Counter beats;

	InstanceController(Leases leases, ObjectProvider<BeatListener> listeners, ObjectProvider<ShareSource> shares,
			NodeNews news, RegistryLimits limits, MeterRegistry meters) {
		this.leases = leases;
		this.listeners = listeners.orderedStream().toList();
		this.shares = shares.getIfAvailable();
		this.news = news;
		this.limits = limits;
		this.reader = new BeatReader(limits);
		this.beats = Counter.builder("mesh.registry.beats").description("Beats that were accepted").register(meters);
	}

	@PutMapping(path = PATH, consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
	Mono<byte[]> beat(@PathVariable String service, @PathVariable String id,
			@RequestBody(required = false) byte @Nullable [] body) {
		LeaseKey key = LeaseKey.parse(service, id).within(this.limits.nameLength());
		Beat beat = this.reader.read((body != null) ? body : new byte[0]);
		return this.leases.beat(key, beat)
			.doOnNext((grant) -> accepted(key, beat))
			.map((grant) -> MeshJson.write(grant.withShares(shared(key, beat))));
	}

	@DeleteMapping(PATH)
	@ResponseStatus(HttpStatus.NO_CONTENT)
	Mono<Void> leave(@PathVariable String service, @PathVariable String id,
			@RequestParam(defaultValue = "") String incarnation) {
		return this.leases.leave(LeaseKey.parse(service, id), incarnation).then();
	}

	private void accepted(LeaseKey key, Beat beat) {
		this.beats.increment();
		this.listeners.forEach((listener) -> listener.onBeat(key, beat));
	}

	private Map<String, Double> shared(LeaseKey key, Beat beat) {
		Map<String, Double> told = (this.shares != null) ? this.shares.shares(key, beat) : Map.of();
		this.news.accepted(key, beat, told);
		return told;
	}

}
