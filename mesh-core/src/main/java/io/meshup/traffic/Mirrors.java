package io.meshup.traffic;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.meshup.balance.InstancePool;
import io.meshup.balance.health.Member;
import io.meshup.model.rule.filter.RequestMirror;
import io.meshup.traffic.request.MeshHeaders;
import io.meshup.traffic.step.RequestChanges;
import io.meshup.traffic.step.Step;
import io.meshup.traffic.table.ServiceView;

/**
 * Draws the copies of a request. A mirror that has no instance is left out in silence:
 * nothing about it may reach the caller.
 */
final class Mirrors {

	static final String HEADER = "x-mesh-mirror";

	private Mirrors() {
	}

	static List<Step.Mirror> draw(TrafficEngine engine, String home, List<RequestMirror> rules,
			RequestChanges changes) {
		if (rules.isEmpty()) {
			return List.of();
		}
		List<Step.Mirror> drawn = List.of();
		for (RequestMirror rule : rules) {
			String service = rule.service().isEmpty() ? home : rule.service();
			ServiceView view = engine.services().view(service);
			InstancePool pool = view.pool(rule.version());
			long now = engine.now();
			Member member = (pool != null && Intervention.isDrawn(rule.percent(), engine.random()))
					? pool.pickUnjudged(now, engine.random()) : null;
			if (member != null) {
				drawn = drawn.isEmpty() ? new ArrayList<>() : drawn;
				drawn.add(new Step.Mirror(service, member.instance(), marked(changes)));
			}
		}
		return drawn;
	}

	// A copy says that it is one, and is not meant for the instance that the request goes
	// to.
	private static RequestChanges marked(RequestChanges changes) {
		Map<String, String> own = new HashMap<>(changes.own());
		own.remove(MeshHeaders.TARGET);
		own.put(HEADER, "true");
		return new RequestChanges(changes.path(), changes.rule(), own);
	}

}
