package io.meshup.registry.lease;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.meshup.model.Instance;
import io.meshup.model.InstanceStatus;
import io.meshup.model.MeshJson;
import io.meshup.model.beat.RejectedRule;
import io.meshup.registry.lease.drain.DrainView;
import io.meshup.registry.lease.instance.LeaseKey;
import io.meshup.registry.lease.instance.ListedInstance;
import io.meshup.registry.lease.instance.Watcher;
import io.meshup.registry.lease.intent.IntentView;
import io.meshup.registry.lease.shared.ServiceRevisions;
import io.meshup.registry.problem.ApiProblem;
import io.meshup.registry.store.MeshStore;
import io.meshup.registry.store.rule.StoredRule;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What runs, for operators.
 */
@RestController
@RequestMapping(path = "/api/v1/services", produces = MediaType.APPLICATION_JSON_VALUE)
final class ServiceController {

	private final Leases leases;

	private final ServiceRevisions revisions;

	private final MeshStore store;

	ServiceController(Leases leases, ServiceRevisions revisions, MeshStore store) {
		this.leases = leases;
		this.revisions = revisions;
		this.store = store;
	}

	@GetMapping
	byte[] services() {
		List<Summary> summaries = new ArrayList<>();
		for (String service : this.leases.services()) {
			summaries.add(summary(service));
		}
		return MeshJson.write(Map.of("services", summaries));
	}

	@GetMapping("/{service}")
	byte[] service(@PathVariable String service) {
		LeaseKey.requireService(service);
		List<InstanceView> instances = this.leases.instances(service)
			.stream()
			.map((listed) -> view(service, listed))
			.toList();
		List<IntentView> drains = this.leases.intents().present().of(service).stream().map(IntentView::of).toList();
		List<JsonNode> rules = this.store.rulesFor(service).stream().map(StoredRule::document).toList();
		if (instances.isEmpty() && rules.isEmpty() && drains.isEmpty()) {
			throw ApiProblem.of(HttpStatus.NOT_FOUND, "No instance and no rule names the service '" + service
					+ "' (known: " + String.join(", ", this.leases.services()) + ").");
		}
		return MeshJson.write(new Detail(service, this.revisions.last(service), instances,
				this.leases.watchers(service), drains, rules));
	}

	private InstanceView view(String service, ListedInstance listed) {
		DrainView drain = this.leases.drain(new LeaseKey(service, listed.instance().id()));
		return new InstanceView(listed.instance(), listed.registeredAt(), listed.lastBeat(), listed.applied(),
				listed.rejected(), drain);
	}

	private Summary summary(String service) {
		Map<String, Count> versions = new TreeMap<>();
		for (ListedInstance listed : this.leases.instances(service)) {
			Instance instance = listed.instance();
			int up = (instance.status() == InstanceStatus.UP) ? 1 : 0;
			versions.merge(instance.version(), new Count(1, up), Count::plus);
		}
		return new Summary(service, versions, this.revisions.last(service));
	}

	private record Count(int instances, int up) {

		Count plus(Count other) {
			return new Count(this.instances + other.instances, this.up + other.up);
		}

	}

	private record Summary(String name, Map<String, Count> versions, long revision) {
	}

	private record InstanceView(@JsonUnwrapped Instance instance, Instant registeredAt, Instant lastBeat, long applied,
			List<RejectedRule> rejected, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable DrainView drain) {
	}

	private record Detail(String name, long revision, List<InstanceView> instances, List<Watcher> watchers,
			List<IntentView> drains, List<JsonNode> rules) {
	}

}
