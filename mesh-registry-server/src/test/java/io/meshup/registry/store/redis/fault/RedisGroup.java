package io.meshup.registry.store.redis.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

import org.testcontainers.containers.Container;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/**
 * Several Redis processes in one container, reached at the container's own address, which
 * is the one that they tell each other and their clients.
 */
final class RedisGroup extends GenericContainer<RedisGroup> {

	static final int SENTINEL = 26_379;

	private static final String NODE = "redis-server --port $p --dir /tmp --dbfilename $p.rdb --save '' --protected-mode no "
			+ "--pidfile /tmp/$p.pid --daemonize yes --logfile /tmp/$p.log --replica-announce-ip $ip ";

	private static final String SENTINELS = "ip=$(hostname -i | cut -d' ' -f1); p=7001; " + NODE
			+ "; for p in 7002 7003; do " + NODE + "--replicaof $ip 7001 --repl-diskless-sync-delay 0; done; "
			+ "printf 'port 26379\\nprotected-mode no\\nsentinel monitor mesh %s 7001 1\\n"
			+ "sentinel down-after-milliseconds mesh %s\\nsentinel failover-timeout mesh 6000\\n' $ip DOWN > /tmp/s.conf; "
			+ "until [ $(redis-cli -p 7001 info replication | grep -c state=online) = 2 ]; do sleep 0.1; done; "
			+ "echo the group is ready; exec redis-server /tmp/s.conf --sentinel --protected-mode no";

	private static final String CLUSTER = "ip=$(hostname -i | cut -d' ' -f1); for p in 7001 7002 7003 7004 7005 7006 7007 7008 7009; do "
			+ NODE + "--cluster-enabled yes --cluster-config-file /tmp/$p.conf --cluster-node-timeout 1000 "
			+ "--cluster-announce-ip $ip --repl-diskless-sync-delay 0; done; sleep 0.5; redis-cli --cluster create $ip:7001 "
			+ "$ip:7002 $ip:7003 $ip:7004 $ip:7005 $ip:7006 $ip:7007 $ip:7008 $ip:7009 --cluster-replicas 2 --cluster-yes; "
			+ "until redis-cli -p 7001 cluster info | grep -q cluster_state:ok; do sleep 0.1; done; "
			+ "echo the group is ready; sleep 100000";

	private RedisGroup(String script) {
		super(DockerImageName.parse("redis:8-alpine"));
		setCommand("sh", "-c", script);
		waitingFor(Wait.forLogMessage(".*the group is ready.*", 1).withStartupTimeout(Duration.ofMinutes(1)));
	}

	/**
	 * One master at port 7001, two replicas, and Sentinel.
	 * @param downAfterMillis after this time without an answer a master counts as down
	 * @return ready
	 */
	static RedisGroup withSentinel(long downAfterMillis) {
		return started(SENTINELS.replace("DOWN", Long.toString(downAfterMillis)));
	}

	/**
	 * Three masters with two replicas each, ports 7001 to 7009.
	 * @return ready
	 */
	static RedisGroup asCluster() {
		return started(CLUSTER);
	}

	private static RedisGroup started(String script) {
		RedisGroup group = new RedisGroup(script);
		group.start();
		return group;
	}

	String address() {
		return getContainerInfo().getNetworkSettings().getNetworks().values().iterator().next().getIpAddress();
	}

	void kill(int port) {
		run("kill -9 $(cat /tmp/" + port + ".pid)");
	}

	String run(String script) {
		try {
			Container.ExecResult result = execInContainer("sh", "-c", script);
			return result.getStdout() + result.getStderr();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
