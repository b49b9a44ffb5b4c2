package io.meshup.registry.lease;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.meshup.model.DrainProgress;
import io.meshup.model.Instance;
import io.meshup.model.InstanceStatus;
import org.jspecify.annotations.Nullable;

/**
 * Who drains, why, and who has confirmed it: an instance drains by its own word, which
 * its lease keeps, or because an operator wants it. Thread-safe.
 */
final class Drains {

	private static final String SELF = "self";

	private final LeaseTable table;

	private final Confirmations callers;

	private final Supplier<IntentSet> intents;

	Drains(LeaseTable table, Supplier<IntentSet> intents) {
		this.table = table;
		this.callers = new Confirmations(table);
		this.intents = intents;
	}

	/**
	 * The instances of a service as callers are to see them.
	 * @param service the service
	 * @return in the order of their ids
	 */
	List<ListedInstance> instances(String service) {
		List<ListedInstance> listed = this.table.instances(service);
		IntentSet present = this.intents.get();
		if (present.of(service).isEmpty()) {
			return listed;
		}
		return listed.stream().map((one) -> wanted(service, one, present)).toList();
	}

	List<Watcher> watchers(String service) {
		return this.callers.watchers(service);
	}

	/**
	 * What a draining instance is told in the answer to its beat.
	 * @param key the instance
	 * @return {@code null} unless it says of itself that it is draining
	 */
	@Nullable DrainProgress progress(LeaseKey key) {
		DrainMark mark = this.table.drain(key);
		if (mark == null) {
			return null;
		}
		Intent intent = intent(key);
		long revision = (intent != null) ? earlier(intent.revision(), mark.revision()) : mark.revision();
		Awaited awaited = this.callers.awaited(key, revision);
		return new DrainProgress(revision, first(awaited), awaited.remaining(), awaited.busy().size(),
				awaited.isDone());
	}

	/**
	 * What operators are told of an instance.
	 * @param key the instance
	 * @return {@code null} unless it is to be drained
	 */
	@Nullable DrainView view(LeaseKey key) {
		Intent intent = intent(key);
		if (intent != null) {
			Awaited awaited = this.callers.awaited(key, intent.revision());
			return new DrainView(IntentView.word(intent.target().scope()), intent.since(), intent.by(),
					intent.revision(), awaited.total(), awaited.confirmed(), first(awaited), awaited.isDone());
		}
		DrainMark mark = this.table.drain(key);
		if (mark == null) {
			return null;
		}
		Awaited awaited = this.callers.awaited(key, mark.revision());
		return new DrainView(SELF, mark.since(), "", mark.revision(), awaited.total(), awaited.confirmed(),
				first(awaited), awaited.isDone());
	}

	private @Nullable Intent intent(LeaseKey key) {
		IntentSet present = this.intents.get();
		if (present.of(key.service()).isEmpty()) {
			return null;
		}
		return this.table.find(key.service(), key.id())
			.flatMap((listed) -> present.find(key.service(), key.id(), listed.instance().version()))
			.orElse(null);
	}

	private static ListedInstance wanted(String service, ListedInstance listed, IntentSet present) {
		Instance instance = listed.instance();
		boolean isShown = instance.status() != InstanceStatus.SUSPECT
				&& present.find(service, instance.id(), instance.version()).isPresent();
		return isShown ? listed.withInstance(instance.withStatus(InstanceStatus.DRAINING)) : listed;
	}

	private static long earlier(long intended, long own) {
		boolean isOnlyOne = intended == DrainMark.UNPUBLISHED || own == DrainMark.UNPUBLISHED;
		return isOnlyOne ? Math.max(intended, own) : Math.min(intended, own);
	}

	private static List<String> first(Awaited awaited) {
		return Stream.concat(awaited.silent().stream(), awaited.busy().stream())
			.limit(DrainProgress.MAX_LISTED)
			.toList();
	}

}
