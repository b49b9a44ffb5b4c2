package io.meshup.spring.report;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.meshup.model.BreakerState;
import io.meshup.model.Instance;
import io.meshup.model.InstanceStatus;
import io.meshup.model.beat.RejectedRule;
import io.meshup.model.rule.policy.Algorithm;
import io.meshup.traffic.table.RuleSource;
import org.jspecify.annotations.Nullable;

/**
 * What {@code /actuator/mesh} answers.
 *
 * @param active whether this application is part of the mesh
 * @param reason why, or why not
 * @param own this application's own membership, absent where it is not part of the mesh
 * @param registry the connection to the registry, likewise
 * @param parts what is active and what is not, and why
 * @param services every service that it is told of, as this application calls it
 * @param notWatched the services of the mesh that it is not told of, because it does not
 * call them
 * @param rejectedRules rules that could not be used
 */
record MeshDescriptor(boolean active, String reason, @Nullable Own own, @Nullable Registry registry,
		List<MeshPart> parts, Map<String, Service> services, List<String> notWatched,
		List<RejectedRule> rejectedRules) {

	/**
	 * This application's own membership.
	 *
	 * @param service its name
	 * @param joined whether it beats
	 * @param status the status that callers are told
	 * @param instance as it is told to the registry, absent while no port is known
	 */
	record Own(String service, boolean joined, InstanceStatus status, @Nullable Instance instance) {
	}

	/**
	 * The connection to the registry.
	 *
	 * @param urls what is set
	 * @param token where the join token comes from, never the token
	 * @param connected whether the watch is connected
	 * @param joined whether the last beat was taken
	 * @param url in use or tried last
	 * @param name the registry whose state is in force
	 * @param revision the last that was heard of
	 * @param applied all that is watched is in force up to this one
	 * @param since for how long it has been connected, or not
	 * @param staleFor how long ago the registry was last heard
	 * @param outdated whether that is longer than what is known may be relied on
	 * @param fromDisk whether only the last good state from disk is in force
	 * @param lastError the problem that is still there
	 */
	record Registry(List<String> urls, String token, boolean connected, boolean joined, @Nullable String url,
			@Nullable String name, long revision, long applied, Duration since, Duration staleFor, boolean outdated,
			boolean fromDisk, @Nullable String lastError) {
	}

	/**
	 * One service as this application calls it.
	 *
	 * @param revision the snapshot in force
	 * @param route where the route in force comes from
	 * @param policy where the policy in force comes from
	 * @param algorithm how one of its instances is picked
	 * @param breakers by version
	 * @param instances all that are listed
	 */
	record Service(long revision, Origin route, Origin policy, Algorithm algorithm, Map<String, BreakerState> breakers,
			List<Target> instances) {
	}

	/**
	 * Where the rule of one kind comes from.
	 *
	 * @param source the registry, this application's own settings, or the defaults
	 * @param rule the registry's rule
	 * @param revision at which the registry took it
	 * @param property the settings that hold, or would without the registry's rule
	 * @param reason why it is this one
	 */
	record Origin(RuleSource.Origin source, @Nullable String rule, @Nullable Long revision, @Nullable String property,
			String reason) {
	}

	/**
	 * One instance as this application calls it.
	 *
	 * @param instance what the registry says of it
	 * @param ejected whether this application leaves it out at present
	 * @param warming whether it is new to this application and has a part of its weight
	 */
	record Target(Instance instance, boolean ejected, boolean warming) {
	}

}
