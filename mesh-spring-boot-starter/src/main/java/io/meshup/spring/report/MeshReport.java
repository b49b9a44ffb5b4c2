package io.meshup.spring.report;

import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.meshup.control.RegistryClient;
import io.meshup.control.link.RegistryState;
import io.meshup.model.Instance;
import io.meshup.model.ServiceName;
import io.meshup.model.rule.Route;
import io.meshup.model.rule.TrafficPolicy;
import io.meshup.spring.MeshActivation;
import io.meshup.spring.instance.MeshMembership;
import io.meshup.spring.instance.OwnInstance;
import io.meshup.spring.registry.JoinToken;
import io.meshup.spring.setting.MeshProperties;
import io.meshup.traffic.TrafficEngine;
import io.meshup.traffic.table.RuleSource;
import io.meshup.traffic.table.ServiceTable;
import io.meshup.traffic.table.ServiceView;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Tells what of the mesh is active in this application, what is not and why, and how it
 * calls every service. Made also where the mesh is off, to say so. Thread-safe.
 */
final class MeshReport {

	private final MeshActivation activation;

	private final ListableBeanFactory beans;

	private final InactiveParts inactive;

	MeshReport(MeshActivation activation, ListableBeanFactory beans, InactiveParts inactive) {
		this.activation = activation;
		this.beans = beans;
		this.inactive = inactive;
	}

	MeshActivation activation() {
		return this.activation;
	}

	MeshDescriptor describe() {
		ServiceTable table = bean(ServiceTable.class);
		return new MeshDescriptor(this.activation.active(), this.activation.reason(), own(), registry(), parts(),
				services(table), notWatched(table), (table != null) ? table.rejected() : List.of());
	}

	/**
	 * All parts, those that are active first.
	 * @return what each part says of itself, and why others are missing
	 */
	List<MeshPart> parts() {
		if (!this.activation.active()) {
			return List.of();
		}
		List<MeshPart> parts = new ArrayList<>();
		this.beans.getBeanProvider(MeshPart.class).orderedStream().forEach(parts::add);
		List<String> known = parts.stream().map(MeshPart::name).toList();
		this.inactive.list().stream().filter((part) -> !known.contains(part.name())).forEach(parts::add);
		parts.sort(Comparator.comparing((MeshPart part) -> !part.active()).thenComparing(MeshPart::name));
		return List.copyOf(parts);
	}

	private MeshDescriptor.@Nullable Own own() {
		OwnInstance own = bean(OwnInstance.class);
		MeshMembership membership = bean(MeshMembership.class);
		if (own == null || membership == null) {
			return null;
		}
		return new MeshDescriptor.Own(own.service(), membership.isJoined(), own.status(), own.current().orElse(null));
	}

	private MeshDescriptor.@Nullable Registry registry() {
		RegistryClient client = bean(RegistryClient.class);
		MeshProperties properties = bean(MeshProperties.class);
		JoinToken token = bean(JoinToken.class);
		if (client == null || properties == null || token == null) {
			return null;
		}
		RegistryState state = client.state();
		URI url = state.url();
		return new MeshDescriptor.Registry(properties.registry().urls().stream().map(URI::toString).toList(),
				token.source(), state.connected(), state.joined(), (url != null) ? url.toString() : null,
				state.registry(), state.revision(), state.applied(), state.since(), state.staleFor(), state.outdated(),
				state.fromDisk(), state.lastError());
	}

	private static Map<String, MeshDescriptor.Service> services(@Nullable ServiceTable table) {
		Map<String, MeshDescriptor.Service> services = new LinkedHashMap<>();
		if (table != null) {
			table.services()
				.stream()
				.filter((name) -> !name.equals(ServiceName.MESH_WIDE))
				.forEach((name) -> services.put(name, service(table.view(name))));
		}
		return services;
	}

	private List<String> notWatched(@Nullable ServiceTable table) {
		TrafficEngine engine = bean(TrafficEngine.class);
		if (engine == null || table == null) {
			return List.of();
		}
		Set<String> names = engine.names();
		names.removeAll(table.services());
		return List.copyOf(names);
	}

	private static MeshDescriptor.Service service(ServiceView view) {
		List<String> ejected = view.ejected();
		List<String> warming = view.warming();
		return new MeshDescriptor.Service(view.revision(), origin(view, Route.KIND), origin(view, TrafficPolicy.KIND),
				view.policy().loadBalancer().algorithm(), view.breakers(),
				view.instances().stream().map((instance) -> target(instance, ejected, warming)).toList());
	}

	private static MeshDescriptor.Origin origin(ServiceView view, String kind) {
		RuleSource source = view.source(kind);
		String property = source.alsoLocal() ? "mesh.traffic.services." + view.service() : null;
		return switch (source.origin()) {
			case REGISTRY -> new MeshDescriptor.Origin(source.origin(), source.rule(), source.revision(), property,
					(property != null) ? "The registry's rule wins over the setting." : "The registry has a rule.");
			case LOCAL -> new MeshDescriptor.Origin(source.origin(), null, null, property,
					"The registry has no " + kind + " of the service, so the setting holds.");
			case DEFAULT -> new MeshDescriptor.Origin(source.origin(), null, null, null,
					"Neither the registry nor a setting has a " + kind + " of the service.");
		};
	}

	private static MeshDescriptor.Target target(Instance instance, List<String> ejected, List<String> warming) {
		return new MeshDescriptor.Target(instance, ejected.contains(instance.id()), warming.contains(instance.id()));
	}

	private <T> @Nullable T bean(Class<T> type) {
		ObjectProvider<T> provider = this.beans.getBeanProvider(type);
		return provider.getIfAvailable();
	}

}
