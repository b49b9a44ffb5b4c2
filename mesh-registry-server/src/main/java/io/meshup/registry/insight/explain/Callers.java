package io.meshup.registry.insight.explain;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

import io.meshup.model.BreakerState;
import io.meshup.model.beat.RejectedRule;
import io.meshup.registry.insight.CallerReport;
import io.meshup.registry.insight.CallerReports;
import io.meshup.registry.lease.Leases;
import io.meshup.registry.lease.instance.ListedInstance;
import io.meshup.registry.lease.instance.Watcher;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * What the callers of a service run, and what they leave out.
 */
@Component
final class Callers {

	private static final int MOST = 200;

	private final Leases leases;

	private final CallerReports reports;

	Callers(Leases leases, CallerReports reports) {
		this.leases = leases;
		this.reports = reports;
	}

	// Those that watch the service or called it: of one source, or all.
	List<Answer.Caller> of(Question question, long revision, List<String> rules) {
		List<CallerReport> said = this.reports.of(question.service());
		Map<String, Long> applied = new TreeMap<>();
		for (CallerReport report : said) {
			applied.put(report.service() + '/' + report.id(), 0L);
		}
		for (Watcher watcher : this.leases.watchers(question.service())) {
			applied.put(watcher.service() + '/' + watcher.id(), watcher.applied());
		}
		return applied.entrySet()
			.stream()
			.filter((one) -> !one.getKey().startsWith(question.service() + '/'))
			.filter((one) -> question.source().isEmpty() || one.getKey().startsWith(question.source() + '/'))
			.limit(MOST)
			.map((one) -> caller(one.getKey(), one.getValue(), revision, rules, said))
			.toList();
	}

	private Answer.Caller caller(String name, long applied, long revision, List<String> rules,
			List<CallerReport> said) {
		String service = name.substring(0, name.indexOf('/'));
		String id = name.substring(name.indexOf('/') + 1);
		Map<String, BreakerState> breakers = new TreeMap<>();
		TreeSet<String> ejected = new TreeSet<>();
		for (CallerReport report : said) {
			if (report.service().equals(service) && report.id().equals(id)) {
				breakers.put(report.version(), report.breaker());
				ejected.addAll(report.ejected());
			}
		}
		ListedInstance listed = listed(service, id);
		long known = (listed != null) ? Math.max(applied, listed.applied()) : applied;
		List<RejectedRule> rejected = (listed != null)
				? listed.rejected().stream().filter((rule) -> rules.contains(rule.rule())).toList() : List.of();
		return new Answer.Caller(service, id, known, known >= revision && rejected.isEmpty(), breakers,
				List.copyOf(ejected), rejected);
	}

	private @Nullable ListedInstance listed(String service, String id) {
		return this.leases.instances(service)
			.stream()
			.filter((one) -> one.instance().id().equals(id))
			.findFirst()
			.orElse(null);
	}

}
