package io.meshup.control.watch;

import io.meshup.control.link.Resume;

/**
 * Lines of a feed that open at once.
 */
final class Lines {

	private Lines() {
	}

	/**
	 * Opens a line.
	 * @param feed whose it is
	 * @return the revision to resume after, or -1 where everything is asked for
	 */
	static long open(SnapshotFeed feed) {
		Resume resume = feed.prepare();
		feed.begin(resume);
		return resume.after();
	}

}
