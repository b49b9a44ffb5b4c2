package io.meshup.registry.store.rule;

/**
 * A batch that is on disk and published.
 *
 * @param revision the batch's last revision, or the registry's present one when the batch
 * changed nothing
 * @param rules the rules as the batch has left them
 */
public record RuleCommit(long revision, RuleSet rules) {

	/**
	 * The revision of a batch that changed nothing.
	 */
	public static final long UNCHANGED = 0;

	public RuleCommit orAt(long present) {
		return (this.revision == UNCHANGED) ? new RuleCommit(present, this.rules) : this;
	}

}
