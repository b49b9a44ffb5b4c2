package io.meshup.registry.lease.drain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.meshup.registry.lease.instance.LeaseKey;
import io.meshup.registry.lease.shared.DrainMark;
import io.meshup.registry.store.Nodes;

/**
 * What the callers with a line at other nodes have confirmed, as those nodes tell it.
 * Thread-safe.
 */
public final class OtherConfirmations {

	private final Nodes nodes;

	private final Map<String, Map<LeaseKey, Report>> reports = new ConcurrentHashMap<>();

	public OtherConfirmations(Nodes nodes) {
		this.nodes = nodes;
	}

	/**
	 * Another node has told what is confirmed there.
	 * @param node the node
	 * @param told one report for each instance that drains
	 */
	void heard(String node, List<Report> told) {
		Map<LeaseKey, Report> byKey = new ConcurrentHashMap<>();
		told.forEach((report) -> byKey.put(new LeaseKey(report.service(), report.id()), report));
		this.reports.put(node, byKey);
		this.reports.keySet().retainAll(this.nodes.others());
	}

	/**
	 * Adds the callers of the other nodes. A node that has not yet told of the drain is
	 * awaited itself; one that is out of reach is not, because nothing would come of it.
	 * @param here the callers with a line here
	 * @param key the instance that drains
	 * @param revision the revision that shows it
	 * @return all callers
	 */
	Awaited and(Awaited here, LeaseKey key, long revision) {
		if (this.nodes.others().isEmpty() || !this.nodes.isConnected()) {
			return here;
		}
		int total = here.total();
		List<String> silent = new ArrayList<>(here.silent());
		List<String> busy = new ArrayList<>(here.busy());
		for (String node : this.nodes.others()) {
			Report report = this.reports.getOrDefault(node, Map.of()).get(key);
			if (report == null || revision == DrainMark.UNPUBLISHED || report.revision() < revision) {
				total++;
				silent.add("registry node " + node);
			}
			else {
				total += report.total();
				silent.addAll(report.silent());
				busy.addAll(report.busy());
			}
		}
		return new Awaited(total, silent, busy);
	}

	/**
	 * What a node tells of one instance that drains.
	 *
	 * @param service its service
	 * @param id its id
	 * @param revision what the callers confirm
	 * @param total how many callers have a line there
	 * @param silent those that have not confirmed, of very many only some
	 * @param busy those that still wait for answers, of very many only some
	 */
	public record Report(String service, String id, long revision, int total, List<String> silent, List<String> busy) {

		private static final int MOST = 200;

		static Report of(LeaseKey key, long revision, Awaited awaited) {
			return new Report(key.service(), key.id(), revision, awaited.total(),
					awaited.silent().stream().limit(MOST).toList(), awaited.busy().stream().limit(MOST).toList());
		}

	}

}
