package io.meshup.registry.limit;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of what an instance says of itself.
 *
 * @param metadataSize names and values of the metadata together, 0 to 256KB
 * @param listEntries entries of a list in a beat (edges, rejected rules, demand), 10 to
 * 100,000
 */
public record InstanceLimits(@DefaultValue("8KB") DataSize metadataSize, @DefaultValue("1000") int listEntries) {

	void check(Bounds bounds) {
		bounds.size("instance.metadata-size", this.metadataSize, DataSize.ofBytes(0), DataSize.ofKilobytes(256))
			.whole("instance.list-entries", this.listEntries, 10, 100_000);
	}

}
