package io.meshup.spring.registry;

import java.util.List;
import java.util.Map;

import io.meshup.control.beat.BeatContent;
import io.meshup.model.Instance;
import io.meshup.model.ServiceSnapshot;
import io.meshup.model.beat.EdgeTotals;
import io.meshup.spring.instance.OwnInstance;
import io.meshup.traffic.TrafficEngine;
import io.meshup.traffic.table.ServiceTable;

import org.springframework.beans.factory.ObjectProvider;

/**
 * What goes to the registry and what comes from it. The engine is looked up late: it
 * depends on the connection, and beats begin long after it is made.
 */
final class Beats {

	private final OwnInstance own;

	private final ServiceTable table;

	private final ObjectProvider<TrafficEngine> engine;

	private final ObjectProvider<UsedServices> used;

	Beats(OwnInstance own, ServiceTable table, ObjectProvider<TrafficEngine> engine,
			ObjectProvider<UsedServices> used) {
		this.own = own;
		this.table = table;
		this.engine = engine;
		this.used = used;
	}

	String service() {
		return this.own.service();
	}

	BeatContent content() {
		Instance instance = this.own.current()
			.orElseThrow(() -> new IllegalStateException("No port is known: an application that serves nothing does "
					+ "not beat. Set mesh.instance.port where it serves without a web server of Spring Boot."));
		TrafficEngine present = this.engine.getObject();
		this.used.getObject().tidy(present);
		return new BeatContent(instance, this.table.busy(), this.table.rejected(), present.edges().changes(),
				present.rateLimits().demand());
	}

	void acknowledge(List<EdgeTotals> sent) {
		this.engine.getObject().edges().acknowledge(sent);
	}

	void share(Map<String, Double> shares) {
		this.engine.getObject().rateLimits().grant(shares);
	}

	void apply(ServiceSnapshot snapshot) {
		this.table.apply(snapshot);
	}

}
