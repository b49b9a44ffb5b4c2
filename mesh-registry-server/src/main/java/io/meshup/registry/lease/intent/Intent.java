package io.meshup.registry.lease.intent;

import java.time.Instant;

import io.meshup.registry.lease.shared.DrainMark;

/**
 * What an operator wants to hold until it is taken back: that an instance, or every
 * instance of a version, gets no new requests. Immutable.
 *
 * @param target what it is about
 * @param by who said it
 * @param mark when it was said and the revision that shows it
 */
public record Intent(Target target, String by, DrainMark mark) {

	Intent published(long revision) {
		return new Intent(this.target, this.by, this.mark.published(revision));
	}

	public Instant since() {
		return this.mark.since();
	}

	public long revision() {
		return this.mark.revision();
	}

	/**
	 * What an intent is about.
	 *
	 * @param service the service
	 * @param scope whether it is about one instance or a version
	 * @param name the instance's id or the version
	 */
	public record Target(String service, Scope scope, String name) {

		/**
		 * Whether an instance is meant.
		 * @param id its id
		 * @param version its version
		 * @return whether this is about it
		 */
		public boolean covers(String id, String version) {
			return this.name.equals((this.scope == Scope.INSTANCE) ? id : version);
		}

		@Override
		public String toString() {
			return this.service + "/" + this.scope.plural() + "/" + this.name;
		}

	}

	/**
	 * How much an intent is about.
	 */
	public enum Scope {

		/**
		 * One instance.
		 */
		INSTANCE,

		/**
		 * Every instance of a version.
		 */
		VERSION;

		/**
		 * As it stands in paths.
		 * @return for example {@code instances}
		 */
		String plural() {
			return (this == INSTANCE) ? "instances" : "versions";
		}

	}

}
